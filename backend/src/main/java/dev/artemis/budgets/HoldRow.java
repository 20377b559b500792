package dev.artemis.budgets;

import dev.artemis.ledger.Payer;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.PriceId;
import dev.artemis.prices.ServiceTier;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hold as the database keeps it.
 *
 * @param day of its windows
 * @param month of its windows
 * @param expiresAt null: it does not expire by itself
 */
record HoldRow(
        UUID id,
        HoldStatus status,
        Payer payer,
        Usd amount,
        LocalDate day,
        LocalDate month,
        Instant createdAt,
        @Nullable Instant expiresAt,
        int stage,
        @Nullable Integer purpose,
        @Nullable Integer card,
        Terms terms,
        @Nullable Usd cost,
        @Nullable String answer) {

    /** How it will be priced. */
    sealed interface Terms {}

    /**
     * By the catalogue.
     *
     * @param price that it was held by; null: it was held before prices were kept
     */
    record OfCall(
            ModelRef model, ServiceTier tier, @Nullable PriceId price) implements Terms {}

    /** At the tenant's rates of that moment. */
    record OfRun(ComputeRates rates) implements Terms {}
}
