package dev.artemis.shared;

/**
 * Texts of CSV files that a spreadsheet shows and never runs: what it would take for a formula gets an apostrophe before it, at
 * the beginning and behind a semicolon, where spreadsheets begin a cell in countries that write commas into numbers, in quotes
 * or not. Spreadsheets also take the full-width twins of signs for the signs, and look behind a byte order mark or a line break.
 */
public final class SpreadsheetText {

    /** Behind it a cell may begin, whatever the file says. */
    public static final char ANOTHER_SEPARATOR = ';';

    private static final String STARTS_A_FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20\uFEFF";

    /** What the first byte of a character of three bytes is, where the character is one of those above. */
    private static final byte THREE_BYTES = (byte) 0xEF;

    private SpreadsheetText() {}

    /** The text, with apostrophes where it needs some; quotes are the file's own affair. */
    public static String defused(String text) {
        if (text.isEmpty() || !startsAFormula(text.charAt(0)) && text.indexOf(ANOTHER_SEPARATOR) < 0) {
            return text;
        }
        StringBuilder defused = new StringBuilder(text.length() + 1);
        char before = ANOTHER_SEPARATOR;
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (before == ANOTHER_SEPARATOR && startsAFormula(c)) {
                defused.append('\'');
            }
            defused.append(c);
            before = c;
        }
        return defused.toString();
    }

    /** Whether a spreadsheet takes what begins so for a formula. */
    public static boolean startsAFormula(char first) {
        return STARTS_A_FORMULA.indexOf(first) >= 0;
    }

    /** The same of a text in UTF-8, from one of its bytes to the end. */
    public static boolean startsAFormula(byte[] utf8, int from, int end) {
        if (from >= end) {
            return false;
        }
        if (utf8[from] >= 0) {
            return startsAFormula((char) utf8[from]);
        }
        return utf8[from] == THREE_BYTES
                && from + 2 < end
                && startsAFormula((char) (0xF000 | ((utf8[from + 1] & 0x3F) << 6) | (utf8[from + 2] & 0x3F)));
    }
}
