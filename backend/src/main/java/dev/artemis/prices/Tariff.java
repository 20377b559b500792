package dev.artemis.prices;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All rates of one price, and which of them a call gets. Where a provider leaves a rate out, the answer is never below
 * what the provider may ask: a surcharge carries over in proportion, a discount does not.
 *
 * @param tiers one for each service tier and threshold; the basis (standard, 0) always
 */
public record Tariff(List<RateTier> tiers) {

    private static final int WORKING_SCALE = 60;

    public Tariff {
        tiers = tiers.stream()
                .sorted(Comparator.comparing(RateTier::service).thenComparing(RateTier::abovePromptTokens))
                .toList();
        if (tiers.stream().filter(RateTier::isBasis).count() != 1) {
            throw new IllegalArgumentException("rates: one for the standard tier without a threshold");
        }
        for (int i = 1; i < tiers.size(); i++) {
            RateTier before = tiers.get(i - 1);
            if (before.service() == tiers.get(i).service()
                    && before.abovePromptTokens() == tiers.get(i).abovePromptTokens()) {
                throw new IllegalArgumentException("rates: one service tier and threshold twice");
            }
        }
    }

    /** The same rates for everyone. */
    public static Tariff of(Rates rates) {
        return new Tariff(List.of(RateTier.standard(rates)));
    }

    /** What holds unless a call names a tier or crosses a threshold. */
    public Rates basis() {
        return tiers.stream()
                .filter(RateTier::isBasis)
                .findFirst()
                .orElseThrow()
                .rates();
    }

    /** Its own rates for the same service tier and threshold. */
    Optional<RateTier> same(RateTier tier) {
        return tiers.stream()
                .filter(own -> own.service() == tier.service() && own.abovePromptTokens() == tier.abovePromptTokens())
                .findFirst();
    }

    /** Costs for every call what the dearer of the two does, rate by rate. */
    static Tariff dearer(Tariff a, Tariff b) {
        List<RateTier> tiers = new ArrayList<>(a.tiers());
        b.tiers().stream().filter(tier -> a.same(tier).isEmpty()).forEach(tiers::add);
        return new Tariff(tiers.stream()
                .map(tier -> new RateTier(
                        tier.service(),
                        tier.abovePromptTokens(),
                        Stream.of(a, b)
                                .flatMap(one -> one.ratesFor(tier.service(), tier.abovePromptTokens() + 1).stream())
                                .reduce(Tariff::dearer)
                                .orElse(tier.rates())))
                .toList());
    }

    /** Whether nothing of it costs anything, in any tier. */
    public boolean isZeroBothWays() {
        return tiers.stream().allMatch(tier -> tier.rates().isZeroBothWays());
    }

    /**
     * The rates of one whole request: those of the highest threshold that its prompt crosses. Batch and flex cost the
     * standard price where the provider names none; priority has no price then, since it would be dearer.
     */
    Optional<Rates> ratesFor(ServiceTier service, long promptTokens) {
        long crossed = tiers.stream()
                .filter(tier -> tier.service() == service || tier.service() == ServiceTier.STANDARD)
                .mapToLong(RateTier::abovePromptTokens)
                .filter(threshold -> threshold < promptTokens || threshold == 0)
                .max()
                .orElse(0);
        Rates standard = completed(highest(ServiceTier.STANDARD, crossed).orElseThrow());
        Optional<RateTier> own = highest(service, crossed);
        return switch (service) {
            case STANDARD -> Optional.of(standard);
            case BATCH, FLEX ->
                Optional.of(
                        own.map(tier -> atThreshold(tier, crossed, standard)).orElse(standard));
            case PRIORITY -> own.map(tier -> atThreshold(tier, crossed, standard));
        };
    }

    private Optional<RateTier> highest(ServiceTier service, long crossed) {
        return tiers.stream()
                .filter(tier -> tier.service() == service && tier.abovePromptTokens() <= crossed)
                .reduce((lower, higher) -> higher);
    }

    /** A tier that names no price for a threshold that the standard price has: the dearer of the two counts. */
    private Rates atThreshold(RateTier tier, long crossed, Rates standard) {
        Rates own = completed(tier);
        return tier.abovePromptTokens() == crossed ? own : dearer(own, standard);
    }

    private Rates completed(RateTier tier) {
        Rates rates = tier.rates();
        Rates basis = basis();
        if (tier.isBasis()) {
            return rates;
        }
        BigDecimal read = rates.cacheRead() != null ? rates.cacheRead() : carried(basis.cacheRead(), rates, basis);
        BigDecimal write5m =
                rates.cacheWrite5m() != null ? rates.cacheWrite5m() : carried(basis.cacheWrite5m(), rates, basis);
        BigDecimal write1h =
                rates.cacheWrite1h() != null ? rates.cacheWrite1h() : carried(basis.cacheWrite1h(), rates, basis);
        // what is read from a cache is never dearer than what is not
        BigDecimal cappedRead = read == null ? null : read.min(rates.input());
        return new Rates(rates.input(), cappedRead, write5m, write1h, rates.output());
    }

    private static @Nullable BigDecimal carried(@Nullable BigDecimal rate, Rates tier, Rates basis) {
        if (rate == null || basis.input().signum() == 0 || tier.input().compareTo(basis.input()) <= 0) {
            return rate;
        }
        return rate.multiply(tier.input())
                .divide(basis.input(), WORKING_SCALE, RoundingMode.UP)
                .setScale(Rates.SCALE, RoundingMode.UP);
    }

    private static Rates dearer(Rates a, Rates b) {
        return new Rates(
                a.input().max(b.input()),
                dearerRead(a, b),
                dearer(a.cacheWrite5m(), b.cacheWrite5m()),
                dearer(a.cacheWrite1h(), b.cacheWrite1h()),
                a.output().max(b.output()));
    }

    /** Where only one names a price for cached tokens, the other's cost what its input does. */
    private static @Nullable BigDecimal dearerRead(Rates a, Rates b) {
        BigDecimal ofA = a.cacheRead();
        BigDecimal ofB = b.cacheRead();
        if (ofA == null && ofB == null) {
            return null;
        }
        return (ofA == null ? a.input() : ofA).max(ofB == null ? b.input() : ofB);
    }

    private static @Nullable BigDecimal dearer(@Nullable BigDecimal a, @Nullable BigDecimal b) {
        return a == null ? b : b == null ? a : a.max(b);
    }
}
