package dev.artemis.budgets;

import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.Labels;
import dev.artemis.ledger.Payer;
import dev.artemis.prices.PriceId;
import dev.artemis.prices.Prices;
import dev.artemis.prices.Pricing;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns what callers ask into orders: prices them and looks up their labels, before any lock is taken. */
@Component
class OrderCalls {

    /** Clocks of callers may be ahead of ours by this much. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(2);

    private static final Prepared IN_THE_FUTURE =
            new Prepared.Without(new Admission.NotAllowed("occurred_at", "not in the future"));

    private final Prices prices;
    private final Labels labels;
    private final Clock clock;

    OrderCalls(Prices prices, Labels labels, Clock clock) {
        this.prices = prices;
        this.labels = labels;
        this.clock = clock;
    }

    /** An order, or why there is none. */
    sealed interface Prepared {
        record Ready(Order order) implements Prepared {}

        record Without(Admission refusal) implements Prepared {}
    }

    /** Calls in their order; one that says it lies in the future is refused alone. */
    List<Prepared> calls(Caller.ForProject caller, List<CallSpending> calls) {
        Instant now = clock.instant();
        List<@Nullable Pricing> pricings = new ArrayList<>(calls.size());
        Set<String> texts = new LinkedHashSet<>();
        for (CallSpending call : calls) {
            Pricing pricing = price(call, now);
            pricings.add(pricing);
            if (pricing instanceof Pricing.Priced priced) {
                collect(texts, call.labels(), priced);
            }
        }
        Map<String, Integer> numbers = labels.numbers(caller.tenant(), texts);
        List<Prepared> prepared = new ArrayList<>(calls.size());
        for (int n = 0; n < calls.size(); n++) {
            CallSpending call = calls.get(n);
            prepared.add(
                    switch (pricings.get(n)) {
                        case null -> IN_THE_FUTURE;
                        case Pricing.Unpriced unpriced -> without(unpriced);
                        case Pricing.Priced priced ->
                            new Prepared.Ready(new Order.Spend(
                                    payer(caller),
                                    entryLabels(numbers, call.labels(), priced),
                                    call.occurredAt(),
                                    call.tier(),
                                    call.usage(),
                                    priced.without(call.unpriced()),
                                    call.mode()));
                    });
        }
        return prepared;
    }

    Prepared reservation(Caller.ForProject caller, ReservationWish wish) {
        return switch (prices.price(wish.model(), wish.most(), wish.tier(), clock.instant())) {
            case Pricing.Unpriced unpriced -> without(unpriced);
            case Pricing.Priced priced -> {
                Set<String> texts = new LinkedHashSet<>();
                collect(texts, wish.labels(), priced);
                Map<String, Integer> numbers = labels.numbers(caller.tenant(), texts);
                EntryLabels found = entryLabels(numbers, wish.labels(), priced);
                yield new Prepared.Ready(new Order.HoldForCall(
                        ReservationId.random().value(),
                        payer(caller),
                        found.stage(),
                        found.purpose(),
                        found.card(),
                        new HoldRow.OfCall(wish.model(), wish.tier(), priced.price()),
                        priced.cost().total(),
                        wish.timeToLive()));
            }
        };
    }

    /** By the price that the money was held by, whether or not it is in force still. */
    Prepared settlement(
            TenantId tenant,
            HoldRow hold,
            HoldRow.OfCall terms,
            Settlement settlement,
            Function<Admission.Tracked, String> answer) {
        ServiceTier tier = settlement.tier() == null ? terms.tier() : settlement.tier();
        Usage usage = settlement.usage();
        return switch (price(hold, terms, usage, tier)) {
            case Pricing.Unpriced unpriced -> without(unpriced);
            case Pricing.Priced priced -> {
                Map<String, Integer> numbers = labels.numbers(tenant, Set.of(priced.model(), priced.provider()));
                yield new Prepared.Ready(new Order.SettleCall(
                        hold.id(),
                        hold.payer().project(),
                        number(numbers, priced.model()),
                        number(numbers, priced.provider()),
                        tier,
                        usage,
                        priced.without(settlement.unpriced()),
                        answer));
            }
        };
    }

    /**
     * What the kept price has no rate for may have one as of the moment the money was held: that is when the call was made.
     * It was made in any case, so what nothing has a rate for is recorded without.
     */
    private Pricing price(HoldRow hold, HoldRow.OfCall terms, Usage usage, ServiceTier tier) {
        Optional<PriceId> kept = Optional.ofNullable(terms.price());
        Optional<Pricing.Priced> whole = kept.flatMap(price -> prices.price(price, usage, tier));
        if (whole.isPresent()) {
            return whole.get();
        }
        Pricing then = prices.price(terms.model(), usage, tier, hold.createdAt());
        if (then instanceof Pricing.Priced) {
            return then;
        }
        return kept.flatMap(price -> prices.priceInPart(price, usage, tier))
                .<Pricing>map(Function.identity())
                .orElseGet(() -> prices.priceInPart(terms.model(), usage, tier, hold.createdAt()));
    }

    static Payer payer(Caller.ForProject caller) {
        return new Payer(caller.project(), caller.key(), caller.member());
    }

    /** Null for a call that has not happened yet: nobody knows its price. */
    private @Nullable Pricing price(CallSpending call, Instant now) {
        Instant at = call.occurredAt() == null ? now : call.occurredAt();
        if (at.isAfter(now.plus(CLOCKS_DIFFER))) {
            return null;
        }
        return switch (call.mode()) {
            case ENFORCE -> prices.price(call.model(), call.usage(), call.tier(), at);
            case RECORD -> prices.priceInPart(call.model(), call.usage(), call.tier(), at);
        };
    }

    private static Prepared without(Pricing.Unpriced unpriced) {
        return new Prepared.Without(new Admission.Unpriced(unpriced.model(), unpriced.why()));
    }

    private static void collect(Set<String> texts, CallLabels labels, Pricing.Priced priced) {
        texts.add(labels.stage());
        texts.add(priced.model());
        texts.add(priced.provider());
        if (labels.card() != null) {
            texts.add(labels.card());
        }
        if (labels.purpose() != null) {
            texts.add(labels.purpose());
        }
    }

    private static EntryLabels entryLabels(Map<String, Integer> numbers, CallLabels labels, Pricing.Priced priced) {
        return new EntryLabels(
                number(numbers, labels.stage()),
                number(numbers, priced.model()),
                number(numbers, priced.provider()),
                optionalNumber(numbers, labels.card()),
                optionalNumber(numbers, labels.purpose()));
    }

    private static @Nullable Integer optionalNumber(Map<String, Integer> numbers, @Nullable String text) {
        return text == null ? null : Integer.valueOf(number(numbers, text));
    }

    private static int number(Map<String, Integer> numbers, String text) {
        Integer number = numbers.get(text);
        if (number == null) {
            throw new IllegalStateException("The label " + text + " has no number");
        }
        return number;
    }
}
