package dev.artemis.prices;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
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

    /**
     * Where a new price fits between the ones there are.
     *
     * @param endsBefore the price in force at the beginning, which ends there
     * @param goesOn the same where it would have gone on behind the end: it begins again there, as a price of its own
     */
    record Span(Instant from, @Nullable Instant to, Optional<Price> endsBefore, Optional<CatalogueRows.Draft> goesOn) {

        /** From the beginning to the asked end or the next price, whichever is sooner. */
        static Span fit(List<Price> history, Instant from, @Nullable Instant to) {
            Instant end = Stream.concat(
                            Stream.ofNullable(to),
                            history.stream().map(Price::validFrom).filter(begin -> begin.isAfter(from)))
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            Optional<Price> before =
                    history.stream().filter(price -> price.isInForce(from)).findFirst();
            return new Span(from, end, before, before.flatMap(price -> rest(price, end)));
        }

        private static Optional<CatalogueRows.Draft> rest(Price price, @Nullable Instant from) {
            if (from == null || price.validTo() != null && !price.validTo().isAfter(from)) {
                return Optional.empty();
            }
            return Optional.of(new CatalogueRows.Draft(
                    price.provider(),
                    price.model(),
                    price.tariff(),
                    from,
                    price.validTo(),
                    price.free(),
                    price.source()));
        }
    }

    Price add(Caller.Admin admin, NewPrice wanted) {
        return transactions.acrossTenants(() -> {
            rows.nextVersion();
            Instant now = clock.instant();
            var key = new Catalogue.Key(wanted.provider(), wanted.model());
            Catalogue known = rows.load();
            wanted.aliases().forEach(alias -> checkAlias(known, alias, key));
            List<Price> history = known.history(key);
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
            span.goesOn().ifPresent(rest -> rows.insert(List.of(rest), now, admin.name()));
            wanted.aliases().forEach(alias -> rows.alias(alias, key, now, admin.name()));
            Price written = rows.load().find(id).orElseThrow();
            audit.record(
                    admin,
                    new Change(
                            Action.PRICE_ADDED,
                            null,
                            id.toString(),
                            span.endsBefore().orElse(null),
                            written));
            return written;
        });
    }

    EndedPrice end(Caller.Admin admin, PriceId id, Instant at) {
        AtomicReference<Price> before = new AtomicReference<>();
        Price ended = change(admin, Action.PRICE_ENDED, id, price -> {
            before.set(price);
            if (!at.isAfter(price.validFrom())) {
                throw Problem.notAllowed("valid_to", "after valid_from");
            }
            if (price.validTo() != null && at.isAfter(price.validTo())) {
                throw Problem.notAllowed("valid_to", "a price that has an end cannot be made longer");
            }
            rows.end(List.of(id), at);
        });
        return new EndedPrice(ended, Objects.requireNonNull(before.get()).validTo());
    }

    Price undoEnd(Caller.Admin admin, EndedPrice ended) {
        Instant before = ended.endBefore();
        return change(admin, Action.PRICE_END_UNDONE, ended.price().id(), price -> {
            Instant end = ended.price().validTo();
            boolean taken = end == null
                    || !end.equals(price.validTo())
                    || rows.load().history(new Catalogue.Key(price.provider(), price.model())).stream()
                            .map(Price::validFrom)
                            .anyMatch(from -> !from.isBefore(end) && (before == null || from.isBefore(before)));
            if (taken) {
                throw Problem.of(409, "price-changed", "The price was changed meanwhile, or another took its place.");
            }
            rows.undoEnd(price.id(), before);
        });
    }

    Price markFree(Caller.Admin admin, PriceId id) {
        return change(admin, Action.PRICE_MARKED_FREE, id, price -> {
            if (!price.tariff().isZeroBothWays()) {
                throw Problem.notAllowed("free", "only a price of zero both ways can be free");
            }
            rows.markFree(id);
        });
    }

    /** A name that means something already would be re-priced in silence. */
    private static void checkAlias(Catalogue known, String alias, Catalogue.Key key) {
        if (known.hasModel(alias)) {
            throw Problem.of(409, "alias-taken", "A model is called " + alias + ".");
        }
        Catalogue.Key meant = known.aliases().get(alias);
        if (meant != null && !meant.equals(key)) {
            throw Problem.of(
                    409, "alias-taken", alias + " stands for " + meant.provider() + "/" + meant.model() + " already.");
        }
    }

    void removeAlias(Caller.Admin admin, String alias) {
        transactions.acrossTenants(() -> {
            rows.nextVersion();
            Catalogue.Key meant = rows.load().aliases().get(alias);
            if (meant == null) {
                throw Problem.notFound("The alias");
            }
            rows.removeAlias(alias);
            audit.record(admin, new Change(Action.PRICE_ALIAS_REMOVED, null, alias, meant, null));
            return meant;
        });
    }

    void putBackAlias(Caller.Admin admin, PriceAlias alias) {
        var key = new Catalogue.Key(alias.provider(), alias.model());
        transactions.acrossTenants(() -> {
            rows.nextVersion();
            Catalogue known = rows.load();
            if (!known.hasModel(key.model())) {
                throw Problem.notFound("The model");
            }
            checkAlias(known, alias.alias(), key);
            rows.alias(alias.alias(), key, clock.instant(), admin.name());
            audit.record(admin, new Change(Action.PRICE_ALIAS_PUT_BACK, null, alias.alias(), null, key));
            return key;
        });
    }

    private Price change(Caller.Admin admin, Action action, PriceId id, Consumer<Price> work) {
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
