package dev.artemis.scanning.python;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names of one program, each one object; keywords are literals, so that they compare by identity. */
final class Words {

    private static final Map<String, String> KEYWORDS = Stream.of(
                    "False",
                    "None",
                    "True",
                    "and",
                    "as",
                    "assert",
                    "async",
                    "await",
                    "break",
                    "class",
                    "continue",
                    "def",
                    "del",
                    "elif",
                    "else",
                    "except",
                    "finally",
                    "for",
                    "from",
                    "global",
                    "if",
                    "import",
                    "in",
                    "is",
                    "lambda",
                    "nonlocal",
                    "not",
                    "or",
                    "pass",
                    "raise",
                    "return",
                    "try",
                    "while",
                    "with",
                    "yield")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

    private @Nullable String[] table = new @Nullable String[1024];
    private int used;

    /** The name at a place of the source; NFKC-normalised as Python does, then interned. */
    String name(String text, int start, int end, boolean ascii) {
        if (!ascii) {
            return normalised(text.substring(start, end));
        }
        int hash = 0;
        for (int i = start; i < end; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        int slot = spread(hash) & (table.length - 1);
        while (true) {
            String known = table[slot];
            if (known == null) {
                return put(KEYWORDS.getOrDefault(text.substring(start, end), text.substring(start, end)), slot);
            }
            if (known.length() == end - start && text.startsWith(known, start)) {
                return known;
            }
            slot = (slot + 1) & (table.length - 1);
        }
    }

    static boolean isKeyword(String word) {
        return KEYWORDS.get(word) != null;
    }

    static String normalised(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC);
    }

    private String put(String word, int slot) {
        table[slot] = word;
        if (++used * 2 > table.length) {
            @Nullable String[] old = table;
            table = new @Nullable String[old.length * 2];
            Arrays.stream(old).forEach(this::rehash);
        }
        return word;
    }

    private void rehash(@Nullable String word) {
        if (word != null) {
            int slot = spread(word.hashCode()) & (table.length - 1);
            while (table[slot] != null) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = word;
        }
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 15);
    }
}
