package dev.artemis.prices;

import java.util.List;

/**
 * What an import did. Each model of the list is in exactly one of the four.
 *
 * @param imported how many new or changed prices are in force now
 * @param unchanged how many were in force already
 * @param flagged looked wrong: says what was done about it
 * @param rejected not taken, and why
 */
public record ImportReport(int imported, int unchanged, List<Remark> flagged, List<Remark> rejected) {

    public ImportReport {
        flagged = List.copyOf(flagged);
        rejected = List.copyOf(rejected);
    }

    /**
     * A word about one model.
     *
     * @param model its name in the list
     */
    public record Remark(String model, String why) {}
}
