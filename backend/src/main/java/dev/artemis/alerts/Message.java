package dev.artemis.alerts;

import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a channel is told; the body of a webhook, as it stands. Amounts in US dollars.
 *
 * @param id the alert's: whoever got it already has heard of it
 * @param team the team's name
 * @param tenant its slug
 * @param project the project's slug, where the limit is a project's or a key's
 * @param key the key's name, where the limit is a key's
 * @param threshold per cent of the limit
 */
record Message(
        String type,
        UUID id,
        String team,
        String tenant,
        LimitScope scope,
        @Nullable String project,
        @Nullable String key,
        LimitPeriod period,
        LocalDate periodStart,
        BigDecimal threshold,
        Usd used,
        Usd limit,
        Instant raisedAt) {

    static final String TYPE = "budget.threshold_reached";

    /** One line for people. */
    String subject() {
        return "%s: %s %% of the %s limit %s".formatted(team, threshold.toPlainString(), period, of());
    }

    String text() {
        return """
                %s of %s US dollars are spent: %s %% of the %s limit %s was reached.

                Team     %s
                Period   %s, from %s
                Limit    %s US dollars
                Spent    %s US dollars
                Reached  %s
                Alert    %s
                """.formatted(
                        used,
                        limit,
                        threshold.toPlainString(),
                        period,
                        of(),
                        team,
                        period,
                        periodStart,
                        limit,
                        used,
                        raisedAt,
                        id);
    }

    private String of() {
        return switch (scope) {
            case TENANT -> "of the team";
            case PROJECT -> "of project " + project;
            case KEY -> "of key " + key + " (project " + project + ")";
        };
    }
}
