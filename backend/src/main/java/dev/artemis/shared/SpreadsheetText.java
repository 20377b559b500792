package dev.artemis.shared;

/**
 * Texts of CSV files that a spreadsheet shows and never runs: what it would take for a formula gets an apostrophe before it, at
 * the beginning and behind a semicolon, where spreadsheets begin a cell in countries that write commas into numbers, in quotes
 * or not.
 */
public final class SpreadsheetText {

    /** Behind it a cell may begin, whatever the file says. */
    public static final char ANOTHER_SEPARATOR = ';';

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

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
}
