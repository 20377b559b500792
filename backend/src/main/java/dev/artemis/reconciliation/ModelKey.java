package dev.artemis.reconciliation;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What names of the same model have in common: providers' files say "gpt-4o-2024-08-06" and "Claude Sonnet 3.5" where a
 * ledger says "gpt-4o" and "claude-3-5-sonnet". Words in order of the alphabet, without a date.
 *
 * @param text empty: no model is named
 */
record ModelKey(String text) implements Comparable<ModelKey> {

    static ModelKey of(String model) {
        String undated = model.toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("[-@ ](20\\d{6}|20\\d\\d-\\d\\d-\\d\\d|latest)\\b|[-@ ]\\d{4}(?=$|-v\\d)", "")
                .replaceAll("-v\\d+:\\d+$", "");
        int slash = undated.lastIndexOf('/');
        String name = slash < 0 ? undated : undated.substring(slash + 1);
        return new ModelKey(Arrays.stream(name.split("[-_. :]+"))
                .filter(word -> !word.isEmpty())
                .sorted()
                .collect(Collectors.joining(" ")));
    }

    @Override
    public int compareTo(ModelKey other) {
        return text.compareTo(other.text);
    }
}
