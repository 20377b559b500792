package dev.artemis.chargeback;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A team's rates, by day. */
public final class RatesByDay {

    private static final int PER_CENT = 2;

    private final TreeMap<LocalDate, BigDecimal> percents = new TreeMap<>();

    public RatesByDay(List<Rate> rates) {
        rates.forEach(rate -> percents.put(rate.validFrom(), rate.percent()));
    }

    /** Whether anything is charged but the cost, ever. */
    public boolean isEmpty() {
        return percents.isEmpty();
    }

    /** Per cent of the cost that holds on a day; 0 before the first rate. */
    public BigDecimal percentOn(LocalDate day) {
        Map.Entry<LocalDate, BigDecimal> rate = percents.floorEntry(day);
        return rate == null ? BigDecimal.ZERO : rate.getValue();
    }

    /** What is charged above a day's cost, in US dollars, below 0 for a discount; exact, up to 24 places. */
    public BigDecimal markup(LocalDate day, Usd cost) {
        return markup(day, cost.amount());
    }

    /** The same of a part of a cost. */
    public BigDecimal markup(LocalDate day, BigDecimal cost) {
        return cost.multiply(percentOn(day)).movePointLeft(PER_CENT);
    }
}
