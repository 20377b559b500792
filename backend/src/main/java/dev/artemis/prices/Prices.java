package dev.artemis.prices;

import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * The catalogue of prices. Pricing a call works in memory; every change is a new version that all instances see within
 * a second. Amounts in US dollars.
 */
@Service
public class Prices {

    /** For so long the health report names what was recorded without a rate. */
    private static final Duration IN_PART_FOR = Duration.ofDays(7);

    /** Since when the first price that is known of a model counts. */
    static final Instant SINCE_EVER = Instant.parse("2020-01-01T00:00:00Z");

    /** The most that one page of {@link #search} holds. */
    public static final int MAX_PAGE = 1_000;

    private final CurrentCatalogue catalogue;
    private final ChangePrices changes;
    private final ImportPrices imports;
    private final UnpricedModels unpriced;
    private final Clock clock;

    Prices(
            CurrentCatalogue catalogue,
            ChangePrices changes,
            ImportPrices imports,
            UnpricedModels unpriced,
            Clock clock) {
        this.catalogue = catalogue;
        this.changes = changes;
        this.imports = imports;
        this.unpriced = unpriced;
        this.clock = clock;
    }

    /**
     * What a usage costs by the price that was in force when the call happened. A dated name ("gpt-4o-2024-08-06")
     * that never had a price of its own costs what the name without its date does. No trip to the database.
     *
     * @param at when the call happened
     */
    public Pricing price(ModelRef model, Usage usage, ServiceTier tier, Instant at) {
        Catalogue picture = catalogue.now();
        return switch (picture.resolve(model, at)) {
            case Catalogue.Found.Nothing(String why) -> refused(model, why);
            case Catalogue.Found.Model(Catalogue.Key key) ->
                picture.inForce(key, at)
                        .map(price -> cost(model, price, usage, tier))
                        .orElseThrow(() -> new IllegalStateException("A model was found without its price"));
        };
    }

    /**
     * The same for what happened already. A tier or a cache that the model's price has no rate for costs the least that is
     * known (the standard tier, plain input), and is named. A model without any price stays unpriced.
     */
    public Pricing priceInPart(ModelRef model, Usage usage, ServiceTier tier, Instant at) {
        Catalogue picture = catalogue.now();
        return switch (picture.resolve(model, at)) {
            case Catalogue.Found.Nothing(String why) -> refused(model, why);
            case Catalogue.Found.Model(Catalogue.Key key) ->
                picture.inForce(key, at)
                        .filter(Price::isUsable)
                        .<Pricing>map(price -> inPart(price, usage, tier))
                        .orElseGet(() -> price(model, usage, tier, at));
        };
    }

    /** The same by one price, whether or not it is in force still; empty where that price is not known. */
    public Optional<Pricing.Priced> priceInPart(PriceId id, Usage usage, ServiceTier tier) {
        return find(id).filter(Price::isUsable).map(price -> inPart(price, usage, tier));
    }

    /**
     * What a usage costs by one price, whether or not it is in force still. No trip to the database.
     *
     * @return empty where that price has no rate for it
     */
    public Optional<Pricing.Priced> price(PriceId id, Usage usage, ServiceTier tier) {
        return find(id).map(price -> cost(ModelRef.of(price.model()), price, usage, tier))
                .filter(Pricing.Priced.class::isInstance)
                .map(Pricing.Priced.class::cast);
    }

    /** The price of that id, whether or not it is in force still. */
    public Optional<Price> find(PriceId id) {
        return catalogue.now().find(id);
    }

    /**
     * A page of the catalogue: exact names first, then by provider, model and time, the newest first.
     *
     * @param cursor of the page before; null for the first
     * @param limit 1 to {@value #MAX_PAGE}
     * @throws Problem 422 for a bad cursor or limit
     */
    public Page<Price> search(PriceQuery query, @Nullable String cursor, int limit) {
        if (limit < 1 || limit > MAX_PAGE) {
            throw Problem.notAllowed("limit", "1 to " + MAX_PAGE);
        }
        List<Price> all = matching(query).toList();
        int from = cursor == null ? 0 : behind(all, cursor);
        List<Price> items = all.subList(from, Math.min(all.size(), from + limit));
        boolean more = from + limit < all.size();
        return new Page<>(items, more ? items.getLast().id().toString() : null);
    }

    /** A part of the catalogue by position, for a grid; the order is that of {@link #search}. */
    public List<Price> slice(PriceQuery query, int offset, int limit) {
        return matching(query).skip(offset).limit(limit).toList();
    }

    /** Another number after each change, once it is seen here; asking costs nothing. */
    public long version() {
        return catalogue.now().version();
    }

    /** How many prices a query finds. */
    public int count(PriceQuery query) {
        return Math.toIntExact(matching(query).count());
    }

    /** All prices that a model ever had, the newest first. */
    public List<Price> history(String provider, String model) {
        return catalogue.now().history(new Catalogue.Key(ModelNames.provider(provider), model));
    }

    /**
     * Adds a price. The one in force when it begins ends there, and goes on behind the new one's end; one that begins later
     * stays, and ends it.
     *
     * @throws Problem 409 {@code price-exists}: the model has a price from that very moment; {@code alias-taken}: an alias
     *     is a model's name, or stands for another model
     */
    public Price add(Caller.Admin admin, NewPrice price) {
        return seen(changes.add(admin, price));
    }

    /**
     * Ends a price: calls from then on are refused, unless another price begins.
     *
     * @param at exclusive end; not before its beginning, not after the end it has
     * @throws Problem 404; 422
     */
    public EndedPrice end(Caller.Admin admin, PriceId id, Instant at) {
        EndedPrice ended = changes.end(admin, id, at);
        seen(ended.price());
        return ended;
    }

    /**
     * Takes an end back: the price goes on as if it had not been ended.
     *
     * @param ended as {@link #end} answered
     * @throws Problem 404; 409 {@code price-changed}: it was ended anew meanwhile, or another price took its place
     */
    public Price undoEnd(Caller.Admin admin, EndedPrice ended) {
        return seen(changes.undoEnd(admin, ended));
    }

    /**
     * Says that a price of zero both ways is meant: calls may use it from now on.
     *
     * @throws Problem 404; 422 it is not zero both ways
     */
    public Price markFree(Caller.Admin admin, PriceId id) {
        return seen(changes.markFree(admin, id));
    }

    /** Other names of models, in their order. */
    public List<PriceAlias> aliases() {
        return catalogue.now().aliases().entrySet().stream()
                .map(one -> new PriceAlias(
                        one.getKey(), one.getValue().provider(), one.getValue().model()))
                .sorted(Comparator.comparing(PriceAlias::alias))
                .toList();
    }

    /**
     * Removes another name of a model: calls by that name are refused from now on.
     *
     * @throws Problem 404
     */
    public void removeAlias(Caller.Admin admin, String alias) {
        changes.removeAlias(admin, alias);
        catalogue.changed();
    }

    /**
     * Takes the removal of another name back: calls by it cost again what the model costs.
     *
     * @throws Problem 404: there is no such model; 409 {@code alias-taken}: the name came to mean something else meanwhile
     */
    public void putBackAlias(Caller.Admin admin, PriceAlias alias) {
        changes.putBackAlias(admin, alias);
        catalogue.changed();
    }

    /**
     * Takes the community's price list (JSON, at most 32 MiB). Prices that moved begin now; models that the list does
     * not have stay.
     *
     * @throws Problem 400 not such a list; 413 too large
     */
    public ImportReport importList(Caller.Admin admin, InputStream list) {
        return seen(imports.take(admin, new CommunityList().read(list)));
    }

    /** Models that were asked for and still have no price, the latest first; for the health report. */
    public List<UnpricedModel> unpriced() {
        Instant now = clock.instant();
        List<UnpricedModel> still = new ArrayList<>();
        List<UnpricedModel> priced = new ArrayList<>();
        for (UnpricedModel model : unpriced.all()) {
            var asked = new ModelRef(model.provider().isEmpty() ? null : model.provider(), model.model());
            (isPriced(asked, now) ? priced : still).add(model);
        }
        unpriced.forget(priced);
        return still;
    }

    /**
     * What was recorded in the last days although a part of it has no rate (ADR-0030): the model, the part, and how many
     * entries. For the health report.
     */
    public List<String> recordedInPart() {
        return unpriced.recordedInPart(IN_PART_FOR);
    }

    private boolean isPriced(ModelRef model, Instant at) {
        Catalogue picture = catalogue.now();
        return picture.resolve(model, at) instanceof Catalogue.Found.Model(Catalogue.Key key)
                && picture.inForce(key, at).map(Price::isUsable).orElse(false);
    }

    private Pricing cost(ModelRef asked, Price price, Usage usage, ServiceTier tier) {
        if (!price.isUsable()) {
            return refused(asked, "Its price is zero both ways, and no administrator has marked it free.");
        }
        Optional<Rates> rates = price.tariff().ratesFor(tier, usage.tokensPrompt());
        if (rates.isEmpty()) {
            return refused(asked, "It has no price for the service tier " + tier + ".");
        }
        return CostOfUsage.of(usage, rates.get())
                .<Pricing>map(cost ->
                        new Pricing.Priced(price.id(), price.provider(), price.model(), rates.get(), cost, List.of()))
                .orElseGet(() -> refused(asked, "It has no price for cache writes of that lifetime."));
    }

    private static Pricing.Priced inPart(Price price, Usage usage, ServiceTier tier) {
        List<UnpricedPart> unpriced = new ArrayList<>();
        Rates rates = price.tariff().ratesFor(tier, usage.tokensPrompt()).orElseGet(() -> {
            unpriced.add(new UnpricedPart("service_tier", 1, "It has no price for the service tier " + tier + "."));
            return price.tariff()
                    .ratesFor(ServiceTier.STANDARD, usage.tokensPrompt())
                    .orElseThrow();
        });
        Cost cost = CostOfUsage.of(usage, rates).orElseGet(() -> {
            unpriced.addAll(CostOfUsage.withoutRate(usage, rates));
            return CostOfUsage.atLeast(usage, rates);
        });
        return new Pricing.Priced(price.id(), price.provider(), price.model(), rates, cost, unpriced);
    }

    private Pricing refused(ModelRef model, String why) {
        unpriced.remember(model, why, clock.instant());
        return new Pricing.Unpriced(model, why);
    }

    private Stream<Price> matching(PriceQuery query) {
        return catalogue.now().sorted().stream()
                .filter(query::matches)
                .sorted(Comparator.comparing(price -> !query.namesExactly(price)));
    }

    private static int behind(List<Price> prices, String cursor) {
        for (int i = 0; i < prices.size(); i++) {
            if (prices.get(i).id().toString().equals(cursor)) {
                return i + 1;
            }
        }
        throw Problem.notAllowed("cursor", "one that this list gave");
    }

    private <T> T seen(T result) {
        catalogue.changed();
        return result;
    }
}
