package dev.artemis.prices;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules that a price from a list must pass. Public lists hold mistakes (one has the same 1-hour cache price for two
 * models, 24 times the input price of one and below the 5-minute price of the other), so what looks wrong is left out
 * and said.
 */
final class PriceSanity {

    private static final BigDecimal MOST_FOR_ONE_HOUR = BigDecimal.valueOf(4);
    private static final BigDecimal MOST_OF_A_MOVE = BigDecimal.TEN;

    /**
     * What is left of a price.
     *
     * @param doubts one sentence each; empty where nothing looked wrong
     */
    record Judged(Tariff tariff, List<String> doubts) {}

    private PriceSanity() {}

    /** Looks at a price by itself. */
    static Judged judge(Tariff listed) {
        List<String> doubts = new ArrayList<>();
        List<RateTier> kept = new ArrayList<>();
        Rates basis = listed.basis();
        for (RateTier tier : listed.tiers()) {
            if (!tier.isBasis()
                    && (moved(basis.input(), tier.rates().input())
                            || moved(basis.output(), tier.rates().output()))) {
                doubts.add(name(tier) + "is more than 10 times off the standard price: left out");
                continue;
            }
            kept.add(new RateTier(tier.service(), tier.abovePromptTokens(), judged(tier, doubts)));
        }
        return new Judged(new Tariff(kept), doubts);
    }

    /** Whether any rate that both know, of any service tier and threshold, moved by more than ten times. */
    static boolean moved(Tariff before, Tariff after) {
        return before.tiers().stream()
                .anyMatch(tier -> after.same(tier)
                        .map(now -> moved(tier.rates(), now.rates()))
                        .orElse(false));
    }

    private static boolean moved(Rates before, Rates after) {
        return moved(before.input(), after.input())
                || moved(before.output(), after.output())
                || movedIfBoth(before.cacheRead(), after.cacheRead())
                || movedIfBoth(before.cacheWrite5m(), after.cacheWrite5m())
                || movedIfBoth(before.cacheWrite1h(), after.cacheWrite1h());
    }

    private static Rates judged(RateTier tier, List<String> doubts) {
        Rates rates = tier.rates();
        BigDecimal read = rates.cacheRead();
        if (read != null && read.compareTo(rates.input()) > 0) {
            doubts.add(name(tier) + "cached read (" + read.toPlainString() + ") is dearer than input ("
                    + rates.input().toPlainString() + "): left out");
            read = null;
        }
        BigDecimal write1h = rates.cacheWrite1h();
        String fault = faultOfOneHour(rates);
        if (write1h != null && fault != null) {
            doubts.add(name(tier) + "1-hour cache write (" + write1h.toPlainString() + ") " + fault + ": left out");
            write1h = null;
        }
        return new Rates(rates.input(), read, rates.cacheWrite5m(), write1h, rates.output());
    }

    private static @Nullable String faultOfOneHour(Rates rates) {
        BigDecimal write1h = rates.cacheWrite1h();
        BigDecimal write5m = rates.cacheWrite5m();
        if (write1h == null) {
            return null;
        }
        if (write5m != null && write1h.compareTo(write5m) < 0) {
            return "is below the 5-minute one (" + write5m.toPlainString() + ")";
        }
        if (write1h.compareTo(rates.input().multiply(MOST_FOR_ONE_HOUR)) > 0) {
            return "is over 4 times input (" + rates.input().toPlainString() + ")";
        }
        return null;
    }

    private static boolean movedIfBoth(@Nullable BigDecimal before, @Nullable BigDecimal after) {
        return before != null && after != null && moved(before, after);
    }

    private static boolean moved(BigDecimal before, BigDecimal after) {
        if (before.signum() == 0 || after.signum() == 0) {
            return before.signum() != after.signum();
        }
        return before.multiply(MOST_OF_A_MOVE).compareTo(after) < 0
                || after.multiply(MOST_OF_A_MOVE).compareTo(before) < 0;
    }

    private static String name(RateTier tier) {
        if (tier.isBasis()) {
            return "";
        }
        String threshold = tier.abovePromptTokens() == 0 ? "" : " above " + tier.abovePromptTokens() + " tokens";
        return tier.service() + threshold + ": ";
    }
}
