package dev.artemis.secrets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A key that opens data keys. Never printed by {@link #toString()}. */
final class MasterKey {

    static final String FORM = "32 random bytes in base64, such as \"openssl rand -base64 32\" prints";

    private static final int ID_BYTES = 16;

    private final byte[] bytes;
    private final String id;

    private MasterKey(byte[] bytes) {
        this.bytes = bytes;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            this.id = HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every Java platform", e);
        }
    }

    static MasterKey random() {
        return new MasterKey(AesGcm.newKey());
    }

    /**
     * Reads base64; white space around it is forgiven, since files end with a new line.
     *
     * @throws IllegalArgumentException it is none; the message does not repeat it
     */
    static MasterKey parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(FORM);
        }
        if (bytes.length != AesGcm.KEY_BYTES) {
            throw new IllegalArgumentException(FORM);
        }
        return new MasterKey(bytes);
    }

    /** Tells keys apart and tells nothing about them. */
    String id() {
        return id;
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** For a file. */
    String text() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "master key " + id;
    }
}
