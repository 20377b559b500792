package dev.artemis.exports;

import dev.artemis.shared.SpreadsheetText;

/** Cells of a CSV file (RFC 4180) that a spreadsheet shows and never runs. */
final class CsvCells {

    private CsvCells() {}

    /** Appends a text, in quotes where it needs them, and as {@link SpreadsheetText} wants it. */
    static void text(StringBuilder row, String text) {
        if (isHarmless(text)) {
            row.append(text);
            return;
        }
        String defused = SpreadsheetText.defused(text);
        if (defused.chars().anyMatch(c -> isQuoted((char) c))) {
            row.append('"').append(defused.replace("\"", "\"\"")).append('"');
        } else {
            row.append(defused);
        }
    }

    /** Nearly all texts, seen at one glance. */
    private static boolean isHarmless(String text) {
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (isQuoted(c) || c == SpreadsheetText.ANOTHER_SEPARATOR || n == 0 && SpreadsheetText.startsAFormula(c)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isQuoted(char c) {
        return c == ',' || c == '"' || c == '\n' || c == '\r';
    }
}
