package dev.artemis.statements;

import dev.artemis.exports.CsvVersion;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A month that was closed.
 *
 * @param number of the team's statements, from 1 without gaps
 * @param closedBy a person's e-mail or a key's name
 * @param cost US dollars, as they are for good
 * @param budget the team's monthly limit when the month ended, US dollars; null: none
 * @param seal null until it was counted
 */
public record Statement(
        YearMonth month,
        int number,
        Instant closedAt,
        String closedBy,
        long calls,
        long runs,
        Usd cost,
        @Nullable Usd budget,
        @Nullable Seal seal) {

    /**
     * What makes a later change visible.
     *
     * @param lines of the month's CSV export, without the header
     * @param sha256 of the whole CSV export, header included, in hex: what {@code sha256sum} says of the file
     * @param version in which the file was written; null: sealed before versions were noted, in one of the first two
     */
    public record Seal(long lines, String sha256, @Nullable CsvVersion version) {

        /** Whether both are of the same bytes. */
        boolean agrees(Seal other) {
            return lines == other.lines && sha256.equals(other.sha256);
        }
    }
}
