package dev.artemis.access;

import dev.artemis.shared.KeyId;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A key as a program holds it: {@code art_}, the key's id (22 digits), 256 random bits (43 digits) and a CRC-32 of all
 * that (6 digits), all in base 62, so that a typing error is told without the database, and a scanner for leaked
 * secrets can match {@code art_[0-9A-Za-z]{71}}. Never printed by {@link #toString()}.
 */
final class KeyText {

    static final String PREFIX = "art_";

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(62);
    private static final int ID = 22;
    private static final int SECRET = 43;
    private static final int CHECKSUM = 6;
    private static final Pattern SYNTAX = Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (ID + SECRET + CHECKSUM) + "}");
    private static final SecureRandom random = new SecureRandom();

    private final KeyId id;
    private final String text;

    private KeyText(KeyId id, String text) {
        this.id = id;
        this.text = text;
    }

    /** A new secret under that id. */
    static KeyText random(KeyId id) {
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        byte[] idBytes = ByteBuffer.allocate(16)
                .putLong(id.value().getMostSignificantBits())
                .putLong(id.value().getLeastSignificantBits())
                .array();
        String body = PREFIX + base62(idBytes, ID) + base62(secret, SECRET);
        return new KeyText(id, body + checksum(body));
    }

    /** Empty where the text is no key of ours, or mistyped. */
    static Optional<KeyText> parse(String text) {
        int end = PREFIX.length() + ID + SECRET;
        if (text.length() != end + CHECKSUM
                || !SYNTAX.matcher(text).matches()
                || !text.substring(end).equals(checksum(text.substring(0, end)))) {
            return Optional.empty();
        }
        BigInteger number = number(text.substring(PREFIX.length(), PREFIX.length() + ID));
        if (number.bitLength() > 128) {
            return Optional.empty();
        }
        UUID id = new UUID(number.shiftRight(64).longValue(), number.longValue());
        return Optional.of(new KeyText(new KeyId(id), text));
    }

    /** Whether it looks like a key of ours, and its checksum says that it is none: somebody slipped. */
    static boolean isMistyped(String text) {
        return SYNTAX.matcher(text).matches() && parse(text).isEmpty();
    }

    KeyId id() {
        return id;
    }

    /** The secret itself, to be shown once. */
    String reveal() {
        return text;
    }

    /** What is kept of it. */
    byte[] hash() {
        return hash(text);
    }

    /** SHA-256. Enough for 256 random bits; a slow hash is for what people can remember. */
    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + "… of " + id;
    }

    private static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return base62(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array(), CHECKSUM);
    }

    private static String base62(byte[] bytes, int width) {
        char[] digits = new char[width];
        BigInteger rest = new BigInteger(1, bytes);
        for (int place = width - 1; place >= 0; place--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[place] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    private static BigInteger number(String digits) {
        BigInteger number = BigInteger.ZERO;
        for (int place = 0; place < digits.length(); place++) {
            number = number.multiply(BASE).add(BigInteger.valueOf(DIGITS.indexOf(digits.charAt(place))));
        }
        return number;
    }
}
