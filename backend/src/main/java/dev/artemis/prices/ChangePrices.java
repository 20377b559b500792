package dev.artemis.prices;

import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes to the catalogue, one writer at a time in the whole house: each begins by counting the version up, a row that
 * the next must wait for.
 */
@Component
class ChangePrices {

    private final CatalogueRows rows;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Clock clock;

    ChangePrices(CatalogueRows rows, TenantTransactions transactions, Audit audit, Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.audit = audit;
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

    Price add(Caller.Admin admin, NewPrice wanted) {
        return transactions.acrossTenants(() -> {
            rows.nextVersion();
            Instant now = clock.instant();
            var key = new Catalogue.Key(wanted.provider(), wanted.model());
            List<Price> history = rows.load().history(key);
            Instant from = wanted.validFrom() == null ? now : wanted.validFrom();
            if (history.stream().anyMatch(price -> price.validFrom().equals(from))) {
                throw Problem.of(409, "price-exists", "The model has a price that begins at that moment already.");
            }
            if (wanted.validTo() != null && !wanted.validTo().isAfter(from)) {
                throw Problem.notAllowed("valid_to", "after valid_from");
            }
            Span span = Span.fit(history, from, wanted.validTo());
            span.endsBefore().ifPresent(price -> rows.end(List.of(price.id()), from));
            var draft = new CatalogueRows.Draft(
                    key.provider(),
                    key.model(),
                    wanted.tariff(),
                    span.from(),
                    span.to(),
                    wanted.free(),
                    Price.Source.ADMIN);
            PriceId id = rows.insert(List.of(draft), now, admin.name()).getFirst();
            wanted.aliases().forEach(alias -> rows.alias(alias, key, now, admin.name()));
            Price written = rows.load().find(id).orElseThrow();
            audit.record(
                    admin,
                    new Change(
                            "price.added",
                            null,
                            id.toString(),
                            span.endsBefore().orElse(null),
                            written));
            return written;
        });
    }

    Price end(Caller.Admin admin, PriceId id, Instant at) {
        return change(admin, "price.ended", id, price -> {
            if (!at.isAfter(price.validFrom())) {
                throw Problem.notAllowed("valid_to", "after valid_from");
            }
            if (price.validTo() != null && at.isAfter(price.validTo())) {
                throw Problem.notAllowed("valid_to", "a price that has an end cannot be made longer");
            }
            rows.end(List.of(id), at);
        });
    }

    Price markFree(Caller.Admin admin, PriceId id) {
        return change(admin, "price.marked-free", id, price -> {
            if (!price.tariff().isZeroBothWays()) {
                throw Problem.notAllowed("free", "only a price of zero both ways can be free");
            }
            rows.markFree(id);
        });
    }

    private Price change(Caller.Admin admin, String action, PriceId id, Consumer<Price> work) {
        return transactions.acrossTenants(() -> {
            rows.nextVersion();
            Price before = rows.load().find(id).orElseThrow(() -> Problem.notFound("The price"));
            work.accept(before);
            Price after = rows.load().find(id).orElseThrow();
            audit.record(admin, new Change(action, null, id.toString(), before, after));
            return after;
        });
    }
}
