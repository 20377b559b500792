package dev.artemis.budgets;

import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.Payer;
import dev.artemis.prices.Pricing.Priced;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Usd;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the core is asked to do with a tenant's money; prices and labels are known by then. */
sealed interface Order {

    /** Record a call in one step. */
    record Spend(
            Payer payer,
            EntryLabels labels,
            @Nullable Instant occurredAt,
            ServiceTier tier,
            Usage usage,
            Priced priced,
            CallSpending.Mode mode)
            implements Order {}

    /** Hold money for a call. */
    record HoldForCall(
            UUID id,
            Payer payer,
            int stage,
            @Nullable Integer purpose,
            @Nullable Integer card,
            HoldRow.OfCall terms,
            Usd amount,
            Duration timeToLive)
            implements Order {}

    /** Hold money for a run. */
    record HoldForRun(
            UUID id, Payer payer, int stage, @Nullable Integer card, ComputeUsage most) implements Order {}

    /**
     * Record what a held call did cost.
     *
     * @param project whose hold it must be
     * @param answer what a repeat will get
     */
    record SettleCall(
            UUID hold,
            ProjectId project,
            int model,
            int provider,
            ServiceTier tier,
            Usage usage,
            Priced priced,
            Function<Admission.Tracked, String> answer)
            implements Order {}

    /** Record what a run used. */
    record SettleRun(UUID hold, int model, int provider, ComputeUsage used) implements Order {}

    /**
     * Give a hold back.
     *
     * @param project whose hold it must be; null: any of the tenant's
     */
    record Release(UUID hold, @Nullable ProjectId project) implements Order {}

    /**
     * Put an entry right by another of today; never refused.
     *
     * @param origin whose payer, labels and day the corrected one has
     */
    record Correct(Entries.Origin origin, EntryId corrected, Usd amount, String reason, String by) implements Order {

        Payer payer() {
            return origin.payer();
        }
    }
}
