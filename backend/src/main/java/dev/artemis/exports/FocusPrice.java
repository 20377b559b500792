package dev.artemis.exports;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * How much was used, and what one pricing unit of it cost. Unit price times pricing quantity is the cost: exactly where the
 * catalogue priced it, else once it is rounded to the places of money.
 *
 * @param consumed tokens or seconds that were used
 * @param quantity in pricing units. Less than was consumed where less was billed: a run that used more than it held
 * @param unit US dollars a pricing unit
 */
record FocusPrice(BigDecimal consumed, BigDecimal quantity, BigDecimal unit) {

    /** Tokens are priced by the million. */
    private static final int TOKENS_PRICED_TOGETHER = 6;

    /** Of a quotient that does not end: so many that a product with up to 10^12 units is exact to the places of money. */
    private static final int PLACES = 30;

    /**
     * The price of a quantity.
     *
     * @param consumed null: no quantity explains the cost, and nothing is priced
     * @param agreed the rate that it was priced by, where it is known beside the cost
     */
    static @Nullable FocusPrice of(
            FocusRow.Kind kind, @Nullable BigDecimal consumed, BigDecimal cost, @Nullable BigDecimal agreed) {
        if (consumed == null) {
            return null;
        }
        BigDecimal quantity = switch (kind) {
            case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, OUTPUT ->
                consumed.movePointLeft(TOKENS_PRICED_TOGETHER);
            case CPU, MEMORY, AMOUNT -> consumed;
        };
        if (agreed == null || agreed.signum() == 0) {
            return new FocusPrice(consumed, quantity, quotient(cost, quantity));
        }
        boolean whole = agreed.multiply(quantity).compareTo(cost) == 0;
        return new FocusPrice(consumed, whole ? quantity : quotient(cost, agreed), agreed);
    }

    private static BigDecimal quotient(BigDecimal cost, BigDecimal by) {
        return cost.divide(by, PLACES, RoundingMode.HALF_EVEN);
    }
}
