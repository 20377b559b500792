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
}
