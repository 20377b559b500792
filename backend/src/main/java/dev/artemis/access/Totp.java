package dev.artemis.access;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Codes of six digits that change every thirty seconds: RFC 6238 with HMAC-SHA-1, which is what people's devices know. */
final class Totp {

    private static final Duration STEP = Duration.ofSeconds(30);

    /** Clocks differ, and fingers are slow: one step before and after is good too. */
    private static final int STEPS_APART = 1;

    private static final int DIGITS = 6;
    private static final int MODULUS = 1_000_000;
    private static final int SECRET_BYTES = 20;
    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BASE32_BITS = 5;
    private static final SecureRandom random = new SecureRandom();

    private Totp() {}

    /** A new secret, in base 32 as devices take it. */
    static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < secret.length * Byte.SIZE; bit += BASE32_BITS) {
            int value = 0;
            for (int next = bit; next < bit + BASE32_BITS; next++) {
                int set = (secret[next / Byte.SIZE] >> (Byte.SIZE - 1 - next % Byte.SIZE)) & 1;
                value = value << 1 | set;
            }
            text.append(BASE32.charAt(value));
        }
        return text.toString();
    }

    /** The step whose code that is, if one near that time has it. */
    static OptionalLong stepOf(String secret, String code, Instant at) {
        long now = at.getEpochSecond() / STEP.toSeconds();
        for (long step = now - STEPS_APART; step <= now + STEPS_APART; step++) {
            if (java.security.MessageDigest.isEqual(
                    code(secret, step).getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    code.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    static String codeAt(String secret, Instant at) {
        return code(secret, at.getEpochSecond() / STEP.toSeconds());
    }

    private static String code(String secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(bytes(secret), "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(Locale.ROOT, "%0" + DIGITS + "d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 is required of every Java platform", e);
        }
    }

    private static byte[] bytes(String base32) {
        byte[] bytes = new byte[base32.length() * BASE32_BITS / Byte.SIZE];
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            int value = BASE32.indexOf(base32.charAt(bit / BASE32_BITS));
            int set = (value >> (BASE32_BITS - 1 - bit % BASE32_BITS)) & 1;
            bytes[bit / Byte.SIZE] |= (byte) (set << (Byte.SIZE - 1 - bit % Byte.SIZE));
        }
        return bytes;
    }
}
