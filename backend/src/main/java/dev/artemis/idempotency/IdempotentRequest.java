package dev.artemis.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A POST that may be a repeat. REST handlers take it as an argument.
 *
 * @param caller the API key that asks
 * @param path of the request, with the project that is acted for where the key alone does not say it
 * @param key the header {@code Idempotency-Key}; null where the caller sent none, and then nothing is kept
 * @param fingerprint SHA-256 of the body in hex
 */
public record IdempotentRequest(
        UUID caller, String path, @Nullable String key, String fingerprint) {

    private static final int MAX_KEY = 255;

    public IdempotentRequest {
        if (key != null && (key.isEmpty() || key.length() > MAX_KEY || !printable(key))) {
            throw new IllegalArgumentException("1 to " + MAX_KEY + " printable ASCII characters");
        }
    }

    /** What makes two requests the same one: who, where, and the key they chose. */
    public record Name(UUID caller, String path, @Nullable String key) {}

    public Name name() {
        return new Name(caller, path, key);
    }

    /** A request with that body. */
    public static IdempotentRequest of(UUID caller, String path, @Nullable String key, byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return new IdempotentRequest(caller, path, key, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    /** One without a key: for work that no program retries, such as a page's. */
    public static IdempotentRequest never() {
        return of(new UUID(0, 0), "", null, "".getBytes(StandardCharsets.UTF_8));
    }

    private static boolean printable(String text) {
        return text.chars().allMatch(c -> c >= 0x20 && c <= 0x7e);
    }
}
