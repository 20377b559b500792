package dev.artemis.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** What a link holds: 256 random bits. Kept as a hash. */
final class LinkText {

    private static final int BYTES = 32;
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom random = new SecureRandom();

    private LinkText() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static boolean isOne(String text) {
        return SYNTAX.matcher(text).matches();
    }

    static byte[] hash(String text) {
        return KeyText.hash(text);
    }
}
