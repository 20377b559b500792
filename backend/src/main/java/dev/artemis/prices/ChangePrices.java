package dev.artemis.prices;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Writes to the catalogue, one writer at a time in the whole house: each begins by counting the version up, a row that
 * the next must wait for.
 */
@Component
class ChangePrices {

    private final CatalogueRows rows;
    private final TenantTransactions transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    ChangePrices(CatalogueRows rows, TenantTransactions transactions, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /** Where a new price fits between the ones there are. */
    record Span(Instant from, @Nullable Instant to, Optional<Price> endsBefore) {

        /**
         * From the beginning to the asked end or the next price, whichever is sooner; the price in force at the
         * beginning ends there.
         */
        static Span fit(List<Price> history, Instant from, @Nullable Instant to) {
            Instant end = to;
            for (Price price : history) {
                if (price.validFrom().isAfter(from)
                        && (end == null || price.validFrom().isBefore(end))) {
                    end = price.validFrom();
                }
            }
            Optional<Price> before =
                    history.stream().filter(price -> price.isInForce(from)).findFirst();
            return new Span(from, end, before);
        }
    }

    PriceId add(String by, NewPrice wanted) {
        return transactions.acrossTenants(() -> {
            rows.nextVersion();
            Instant now = clock.instant();
            var key = new Catalogue.Key(wanted.provider(), wanted.model());
            List<Price> history = rows.load().history(key);
            Instant from = wanted.validFrom() == null ? now : wanted.validFrom();
            if (history.stream().anyMatch(price -> price.validFrom().equals(from))) {
                throw Problem.of(409, "price-exists", "The model has a price that begins at that moment already.");
            }
            Span span = Span.fit(history, from, wanted.validTo());
            span.endsBefore().ifPresent(price -> rows.end(List.of(price.id()), from));
            PriceId id = rows.insert(
                            List.of(new CatalogueRows.Draft(
                                    wanted.provider(),
                                    wanted.model(),
                                    wanted.tariff(),
                                    span.from(),
                                    span.to(),
                                    wanted.free(),
                                    Price.Source.ADMIN)),
                            now,
                            by)
                    .getFirst();
            wanted.aliases().forEach(alias -> rows.alias(alias, key, now, by));
            events.publishEvent(
                    new PricesChanged(by, "price " + id + " of " + wanted.provider() + "/" + wanted.model(), now));
            return id;
        });
    }

    void end(String by, PriceId id, Instant at) {
        change(by, id, price -> {
            if (!at.isAfter(price.validFrom())) {
                throw Problem.notAllowed("valid_to", "after valid_from");
            }
            if (price.validTo() != null && at.isAfter(price.validTo())) {
                throw Problem.notAllowed("valid_to", "a price that has ended cannot be made longer");
            }
            rows.end(List.of(id), at);
            return "end of price " + id;
        });
    }

    void markFree(String by, PriceId id) {
        change(by, id, price -> {
            if (!price.tariff().isZeroBothWays()) {
                throw Problem.notAllowed("free", "only a price of zero both ways can be free");
            }
            rows.markFree(id);
            return "price " + id + " marked free";
        });
    }

    private void change(String by, PriceId id, java.util.function.Function<Price, String> work) {
        transactions.acrossTenants(() -> {
            rows.nextVersion();
            Price price = rows.load().find(id).orElseThrow(() -> Problem.notFound("The price"));
            String what = work.apply(price);
            events.publishEvent(new PricesChanged(by, what, clock.instant()));
            return what;
        });
    }
}
