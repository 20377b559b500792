package dev.artemis.chargeback;

import dev.artemis.shared.Problem;
import dev.artemis.shared.Years;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A mark-up or discount.
 *
 * @param validFrom the first day of the team's zone that it holds for; until the next rate begins
 * @param percent of the cost: -100 to 10000, at most four places after the point
 */
public record Rate(LocalDate validFrom, BigDecimal percent) {

    private static final BigDecimal LEAST = BigDecimal.valueOf(-100);
    private static final BigDecimal MOST = BigDecimal.valueOf(10_000);
    private static final int PLACES = 4;

    /**
     * Checks the percentage.
     *
     * @throws Problem 422
     */
    public Rate {
        percent = percent.signum() == 0 ? BigDecimal.ZERO : percent.stripTrailingZeros();
        if (percent.compareTo(LEAST) < 0 || percent.compareTo(MOST) > 0 || percent.scale() > PLACES) {
            throw Problem.notAllowed("percent", "-100 to 10000, at most four places after the point");
        }
        if (!Years.has(validFrom)) {
            throw Problem.notAllowed("valid_from", Years.ALLOWED);
        }
    }
}
