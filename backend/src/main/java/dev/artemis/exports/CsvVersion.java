package dev.artemis.exports;

import dev.artemis.reports.TextOrder;
import dev.artemis.shared.SpreadsheetText;
import java.util.Arrays;

/**
 * How CSV files were written at one time and another. A closed month is sealed by the bytes of its file, so none
 * of these may change: another way to write is another version (ADR-0044).
 */
public enum CsvVersion {
    /** What begins like a formula gets an apostrophe before it. */
    AT_THE_BEGINNING(1),
    /** Also what begins so behind a semicolon. */
    BEHIND_SEMICOLONS(2),
    /** The lines are sorted by code points; before, as the database sorts texts. */
    BY_CODE_POINTS(3),
    /** Also what begins with a full-width twin of a sign, a byte order mark or a line feed gets an apostrophe. */
    LOOK_ALIKES(4);

    /** The one that files are written in. */
    public static final CsvVersion NOW = LOOK_ALIKES;

    private static final String STARTED_A_FORMULA = "=+-@\t\r";

    private final int number;

    CsvVersion(int number) {
        this.number = number;
    }

    /** As it is kept and told, from 1 on. */
    public int number() {
        return number;
    }

    boolean splitsAtSemicolons() {
        return switch (this) {
            case AT_THE_BEGINNING -> false;
            case BEHIND_SEMICOLONS, BY_CODE_POINTS, LOOK_ALIKES -> true;
        };
    }

    TextOrder texts() {
        return switch (this) {
            case AT_THE_BEGINNING, BEHIND_SEMICOLONS -> TextOrder.DATABASE;
            case BY_CODE_POINTS, LOOK_ALIKES -> TextOrder.CODE_POINTS;
        };
    }

    /** Whether a text in UTF-8 gets an apostrophe before one of its bytes, where a cell may begin. */
    boolean startsAFormula(byte[] utf8, int from, int end) {
        return switch (this) {
            case AT_THE_BEGINNING, BEHIND_SEMICOLONS, BY_CODE_POINTS ->
                from < end && STARTED_A_FORMULA.indexOf((char) utf8[from]) >= 0;
            case LOOK_ALIKES -> SpreadsheetText.startsAFormula(utf8, from, end);
        };
    }

    /** @throws IllegalArgumentException there is none of that number */
    public static CsvVersion of(int number) {
        return Arrays.stream(values())
                .filter(version -> version.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no version " + number));
    }
}
