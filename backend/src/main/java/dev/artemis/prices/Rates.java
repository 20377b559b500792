package dev.artemis.prices;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * US dollars for one token, by dimension, to 18 places. A dimension that a provider does not price apart is null.
 *
 * @param input neither cached nor written to a cache
 * @param cacheRead null: cached tokens cost what input costs
 * @param cacheWrite5m null with {@code cacheWrite1h} null: tokens written to a cache cost what input costs
 * @param cacheWrite1h null although {@code cacheWrite5m} is known: no price, so such a call is refused
 * @param output reasoning included
 */
public record Rates(
        BigDecimal input,
        @Nullable BigDecimal cacheRead,
        @Nullable BigDecimal cacheWrite5m,
        @Nullable BigDecimal cacheWrite1h,
        BigDecimal output) {

    /** Places after the point that are kept. */
    public static final int SCALE = 18;

    /** More than this for one token is a mistake, not a price. */
    public static final BigDecimal MAX = BigDecimal.valueOf(1_000);

    public Rates {
        input = checked("input", input);
        output = checked("output", output);
        cacheRead = cacheRead == null ? null : checked("cache_read", cacheRead);
        cacheWrite5m = cacheWrite5m == null ? null : checked("cache_write_5m", cacheWrite5m);
        cacheWrite1h = cacheWrite1h == null ? null : checked("cache_write_1h", cacheWrite1h);
    }

    /** A model without any cache. */
    public static Rates of(String input, String output) {
        return new Rates(new BigDecimal(input), null, null, null, new BigDecimal(output));
    }

    /** Whether nothing of it costs anything. */
    public boolean isZeroBothWays() {
        return input.signum() == 0 && output.signum() == 0;
    }

    private static BigDecimal checked(String dimension, BigDecimal rate) {
        if (rate.signum() < 0 || rate.compareTo(MAX) > 0) {
            throw new IllegalArgumentException(dimension + ": 0 to " + MAX + " US dollars a token");
        }
        BigDecimal plain = rate.signum() == 0 ? BigDecimal.ZERO : rate.stripTrailingZeros();
        if (plain.scale() > SCALE) {
            throw new IllegalArgumentException(dimension + ": at most " + SCALE + " places after the point");
        }
        return plain;
    }
}
