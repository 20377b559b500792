package dev.artemis.exports;

/** Cells of a CSV file (RFC 4180) that a spreadsheet shows and never runs. */
final class CsvCells {

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private CsvCells() {}

    /** Appends a text; one that a spreadsheet would take for a formula gets an apostrophe before it. */
    static void text(StringBuilder row, String text) {
        if (isHarmless(text)) {
            row.append(text);
            return;
        }
        boolean quoted = isQuoted(text);
        if (quoted) {
            row.append('"');
        }
        if (startsAFormula(text.charAt(0))) {
            row.append('\'');
        }
        row.append(quoted ? text.replace("\"", "\"\"") : text);
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
            if (c == ',' || c == '"' || c == '\n' || c == '\r' || n == 0 && startsAFormula(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isQuoted(String text) {
        return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    }
}
