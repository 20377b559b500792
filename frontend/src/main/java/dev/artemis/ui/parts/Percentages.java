package dev.artemis.ui.parts;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Percentages as people write them: "80, 99.5", and for German readers, whose comma is the point, "80; 99,5". */
public final class Percentages {

    private static final Pattern ENGLISH = Pattern.compile("\\d{1,5}(\\.\\d{1,4})?");

    /** Not "50,100", which may be two. */
    private static final Pattern GERMAN = Pattern.compile("\\d{1,5}([.,](\\d{1,2}|\\d{4}))?");

    /** Of one alone the comma is never between two. */
    private static final Pattern GERMAN_ALONE = Pattern.compile("\\d{1,5}([.,]\\d{1,4})?");

    private Percentages() {}

    public static String written(List<BigDecimal> percentages, Locale reader) {
        return percentages.stream()
                .map(percent -> written(percent, reader))
                .collect(Collectors.joining(isGerman(reader) ? "; " : ", "));
    }

    public static String written(BigDecimal percent, Locale reader) {
        String plain = percent.toPlainString();
        return isGerman(reader) ? plain.replace('.', ',') : plain;
    }

    /**
     * What was typed; a comma before a space parts two of them in any language.
     *
     * @throws NumberFormatException something is no number
     */
    public static List<BigDecimal> read(String typed, Locale reader) {
        boolean german = isGerman(reader);
        return Arrays.stream(typed.split(german ? "[;\\s]+|,(?=\\s)" : "[,;\\s]+"))
                .filter(it -> !it.isBlank())
                .map(it -> read(it, german ? GERMAN : ENGLISH))
                .toList();
    }

    /**
     * A single one that may be below nothing: "7.5", "+7.5", "-10".
     *
     * @throws NumberFormatException it is no number
     */
    public static BigDecimal readSigned(String typed, Locale reader) {
        String one = typed.strip();
        boolean signed = one.startsWith("+") || one.startsWith("-");
        BigDecimal size = read(signed ? one.substring(1) : one, isGerman(reader) ? GERMAN_ALONE : ENGLISH);
        return one.startsWith("-") ? size.negate() : size;
    }

    private static BigDecimal read(String one, Pattern written) {
        if (!written.matcher(one).matches()) {
            throw new NumberFormatException(one);
        }
        return new BigDecimal(one.replace(',', '.'));
    }

    private static boolean isGerman(Locale reader) {
        return reader.getLanguage().equals(Locale.GERMAN.getLanguage());
    }
}
