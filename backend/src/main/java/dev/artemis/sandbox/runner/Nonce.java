package dev.artemis.sandbox.runner;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A run's secret: the key under which its runner, and nobody else, can sign the final record. 32 bytes. Never logged. */
public final class Nonce {

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    private Nonce(byte[] key) {
        this.key = key;
    }

    /** A new one. */
    public static Nonce random() {
        byte[] key = new byte[BYTES];
        RANDOM.nextBytes(key);
        return new Nonce(key);
    }

    /** One that was kept. @param hex 64 hex digits */
    public static Nonce ofHex(String hex) {
        byte[] key = HexFormat.of().parseHex(hex);
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a nonce has 32 bytes");
        }
        return new Nonce(key);
    }

    /** 64 hex digits, for the job or ARTEMIS_NONCE. */
    public String hex() {
        return HexFormat.of().formatHex(key);
    }

    /** Whether the record was signed with this nonce; takes the same time wherever they differ. */
    public boolean signed(byte[] mac, byte[] record) {
        return MessageDigest.isEqual(mac, sign(record));
    }

    /** HMAC-SHA256. */
    public byte[] sign(byte[] record) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(record);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "Nonce[secret]";
    }
}
