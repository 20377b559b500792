package dev.artemis.ui.parts;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Percentages as people write them: "80, 99.5", and for German readers, whose comma is the point, "80; 99,5". */
public final class Percentages {

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
                .map(it -> new BigDecimal(german ? it.replace(',', '.') : it))
                .toList();
    }

    private static boolean isGerman(Locale reader) {
        return reader.getLanguage().equals(Locale.GERMAN.getLanguage());
    }
}
