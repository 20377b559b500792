package dev.artemis.schedules;

import dev.artemis.exports.ExportFormat;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report under a name.
 *
 * @param project its slug; null: all of the team's
 * @param by what its lines are grouped by; empty: by all that there is
 * @param chargeback whether lines show what is charged
 * @param recipients e-mail addresses, each once however it is capitalized; none where it is never sent
 */
public record SavedReport(
        UUID id,
        String name,
        @Nullable String project,
        ExportFormat format,
        List<Dimension> by,
        boolean chargeback,
        Rhythm rhythm,
        DeliveryWay delivery,
        List<String> recipients) {

    private static final int MAX_NAME = 200;
    private static final int MAX_RECIPIENTS = 20;
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,252}[A-Za-z0-9])?");

    public SavedReport {
        recipients = List.copyOf(recipients.stream()
                .map(String::strip)
                .collect(Collectors.toMap(
                        address -> address.toLowerCase(Locale.ROOT),
                        address -> address,
                        (one, _) -> one,
                        LinkedHashMap::new))
                .values());
        by = by.stream().distinct().toList();
    }

    /**
     * Checks name, groupings and addresses of what is to be saved; what was saved before a rule came stays readable.
     *
     * @throws Problem 422 naming the field
     */
    void requireAllowed() {
        if (name.isBlank() || name.length() > MAX_NAME || !PlainText.is(name)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
        if (recipients.size() > MAX_RECIPIENTS || (rhythm != Rhythm.NEVER && recipients.isEmpty())) {
            throw Problem.notAllowed("recipients", "1 to " + MAX_RECIPIENTS + " addresses");
        }
        for (String address : recipients) {
            if (!ADDRESS.matcher(address).matches()) {
                throw Problem.notAllowed("recipients", "e-mail addresses such as ada@example.org");
            }
        }
        if (by.contains(Dimension.TENANT)) {
            throw Problem.notAllowed("group_by", "without tenant: a report is of one team");
        }
        if (!by.isEmpty() && !format.isGrouped()) {
            throw Problem.notAllowed("group_by", "left out: the lines of " + format + " are what that format says");
        }
        if (format == ExportFormat.PDF && rhythm != Rhythm.MONTHLY && rhythm != Rhythm.NEVER) {
            throw Problem.notAllowed("rhythm", "monthly: a statement is of a month");
        }
    }
}
