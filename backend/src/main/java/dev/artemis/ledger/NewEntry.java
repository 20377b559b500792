package dev.artemis.ledger;

import dev.artemis.prices.PriceId;
import dev.artemis.prices.ServiceTier;
import dev.artemis.shared.EntryId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry that is to be appended.
 *
 * @param refersTo the reservation, run or corrected entry that it concerns
 * @param day the tenant's day that it belongs to
 * @param occurredAt when the call happened, where its caller said so
 * @param price by which it was priced; null for what no catalogue prices
 */
public record NewEntry(
        EntryId id,
        EntryKind kind,
        Payer payer,
        @Nullable UUID refersTo,
        LocalDate day,
        @Nullable Instant occurredAt,
        EntryLabels labels,
        @Nullable PriceId price,
        @Nullable ServiceTier tier,
        Quantities quantities,
        Charges charges,
        boolean overBudget) {

    /** The same, priced by the catalogue. */
    public NewEntry pricedBy(@Nullable PriceId price, ServiceTier tier) {
        return new NewEntry(
                id, kind, payer, refersTo, day, occurredAt, labels, price, tier, quantities, charges, overBudget);
    }

    /** The same, standing above a limit. */
    public NewEntry flagged() {
        return new NewEntry(id, kind, payer, refersTo, day, occurredAt, labels, price, tier, quantities, charges, true);
    }
}
