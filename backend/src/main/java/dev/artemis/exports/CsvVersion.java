package dev.artemis.exports;

import dev.artemis.reports.TextOrder;
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
    BY_CODE_POINTS(3);

    /** The one that files are written in. */
    public static final CsvVersion NOW = BY_CODE_POINTS;

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
            case BEHIND_SEMICOLONS, BY_CODE_POINTS -> true;
        };
    }

    TextOrder texts() {
        return switch (this) {
            case AT_THE_BEGINNING, BEHIND_SEMICOLONS -> TextOrder.DATABASE;
            case BY_CODE_POINTS -> TextOrder.CODE_POINTS;
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
