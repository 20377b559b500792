package dev.artemis.access;

import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Passwords that are guessed first: the list that comes with zxcvbn (Wheeler, USENIX Security 2016), gathered from leaks. Asked
 * offline. Small changes do not help: case, and digits or signs at the end, are looked through.
 */
final class CommonPasswords {

    private static final Set<String> LIST = load();

    private CommonPasswords() {}

    static boolean has(String password) {
        String lower = password.toLowerCase(Locale.ROOT);
        return LIST.contains(lower) || isOneWordTwice(lower) || LIST.contains(lower.replaceAll("[^\\p{L}]+$", ""));
    }

    private static boolean isOneWordTwice(String password) {
        int half = password.length() / 2;
        return password.length() % 2 == 0
                && password.substring(0, half).equals(password.substring(half))
                && LIST.contains(password.substring(0, half));
    }

    private static Set<String> load() {
        try {
            return new HashSet<>(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
