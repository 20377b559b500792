package dev.artemis.scanning.python;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Characters by name, as {@code \N{…}} has them: Unicode's names and their aliases, in any case. */
final class CharacterNames {

    /** Names that Unicode gives whole ranges by rule, in capitals to Python; Java has others for them. */
    private static final Pattern BY_RULE =
            Pattern.compile("(?:CJK UNIFIED|TANGUT) IDEOGRAPH-([0-9A-F]{4,5})|HANGUL SYLLABLE [A-Z]{1,7}");

    /** Of the variation selectors, in two ranges. */
    private static final Pattern SELECTOR = Pattern.compile("VS([1-9][0-9]{0,2})");

    private static final int MOST_SELECTORS = 256;

    /** The longest name has 88 characters. */
    private static final int LONGEST = 200;

    private CharacterNames() {}

    /** Loaded when the first name is asked for that Java does not know. */
    private static final class Aliases {
        static final Map<String, Integer> ALL = read();

        private static Map<String, Integer> read() {
            try (InputStream in = CharacterNames.class.getResourceAsStream("character-aliases.txt")) {
                if (in == null) {
                    throw new IllegalStateException("character-aliases.txt is missing");
                }
                Map<String, Integer> aliases = new HashMap<>();
                new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .map(line -> line.split(";"))
                        .forEach(fields -> Arrays.stream(fields)
                                .skip(1)
                                .forEach(alias -> aliases.put(alias, Integer.parseInt(fields[0], 16))));
                return aliases;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The character of that name; one that nobody knows where only its name is known to be one.
     *
     * @param start where the literal stands in the source
     * @throws SyntaxFault no character has it
     */
    static int character(String name, int start) {
        String upper = name.length() > LONGEST ? "" : name.toUpperCase(Locale.ROOT);
        Integer alias = Aliases.ALL.get(upper);
        if (alias != null) {
            return alias;
        }
        Matcher selector = SELECTOR.matcher(upper);
        if (selector.matches() && Integer.parseInt(selector.group(1)) <= MOST_SELECTORS) {
            int number = Integer.parseInt(selector.group(1));
            return number <= 16 ? 0xfe00 + number - 1 : 0xe0100 + number - 17;
        }
        Matcher byRule = BY_RULE.matcher(name);
        if (byRule.matches()) {
            return byRule.group(1) == null ? '\ufffd' : Integer.parseInt(byRule.group(1), 16) & 0xfffff;
        }
        try {
            int found = Character.codePointOf(upper);
            // Java passes over blanks around a name, and names by their number what has none
            if (upper.equals(upper.strip())
                    && !upper.endsWith(" " + Integer.toHexString(found).toUpperCase(Locale.ROOT))) {
                return found;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new SyntaxFault("a name that no character has", start);
    }
}
