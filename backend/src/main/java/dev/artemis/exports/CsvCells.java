package dev.artemis.exports;

/** Cells of a CSV file (RFC 4180) that a spreadsheet shows and never runs. */
final class CsvCells {

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    /** What stands between cells where a comma stands in numbers. */
    static final char ANOTHER_SEPARATOR = ';';

    private CsvCells() {}

    /**
     * Appends a text. What a spreadsheet would take for a formula gets an apostrophe before it: at the beginning, and behind a
     * semicolon, where half of Europe's spreadsheets begin a cell, in quotes or not.
     */
    static void text(StringBuilder row, String text) {
        if (isHarmless(text)) {
            row.append(text);
            return;
        }
        boolean quoted = isQuoted(text);
        if (quoted) {
            row.append('"');
        }
        char before = ANOTHER_SEPARATOR;
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (before == ANOTHER_SEPARATOR && startsAFormula(c)) {
                row.append('\'');
            }
            if (c == '"') {
                row.append('"');
            }
            row.append(c);
            before = c;
        }
        if (quoted) {
            row.append('"');
        }
    }

    /** Whether a spreadsheet takes a text that begins so for a formula. */
    static boolean startsAFormula(char first) {
        return STARTS_A_FORMULA.indexOf(first) >= 0;
    }

    /** Nearly all texts, seen at one glance. */
    private static boolean isHarmless(String text) {
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (isQuoted(c) || c == ANOTHER_SEPARATOR || n == 0 && startsAFormula(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isQuoted(String text) {
        return text.chars().anyMatch(c -> isQuoted((char) c));
    }

    private static boolean isQuoted(char c) {
        return c == ',' || c == '"' || c == '\n' || c == '\r';
    }
}
