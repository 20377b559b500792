package dev.artemis.reconciliation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Holds a bill against the ledger, day by day and model by model. Pure. */
final class Compare {

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final BigDecimal TEN_THOUSANDTH = new BigDecimal("0.0001");
    private static final BigDecimal LIKE = new BigDecimal("0.005");
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final boolean byCost;
    private final boolean byModel;
    private final Map<Place, Sums> sums = new TreeMap<>();

    /** A model's day; the model's key is empty where the bill names none. */
    private record Place(LocalDate day, ModelKey model) implements Comparable<Place> {

        private static final Comparator<Place> ORDER =
                Comparator.comparing(Place::day).thenComparing(Place::model);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Sums {
        private @Nullable String ledgerName;
        private @Nullable String billName;
        private BigDecimal ledger = BigDecimal.ZERO;
        private long ledgerTokens;
        private long corrections;
        private BigDecimal billed = BigDecimal.ZERO;
        private long billedTokens;
    }

    private Compare(ReadBill.Bill bill) {
        this.byCost = bill.layout().cost() != null;
        this.byModel = bill.lines().stream().anyMatch(line -> !line.model().isEmpty());
    }

    static List<Finding> of(ReadBill.Bill bill, List<LedgerDay> ledger) {
        var compare = new Compare(bill);
        bill.lines().forEach(compare::billed);
        ledger.forEach(compare::recorded);
        return compare.findings();
    }

    private void billed(BillLine line) {
        Sums at = at(line.day(), line.model());
        at.billName = line.model();
        if (line.cost() != null) {
            at.billed = at.billed.add(line.cost());
        }
        if (line.tokens() != null) {
            at.billedTokens += line.tokens();
        }
    }

    private void recorded(LedgerDay day) {
        Sums at = at(day.day(), byModel ? day.model() : "");
        at.ledgerName = byModel ? day.model() : "";
        at.ledger = at.ledger.add(day.cost());
        at.ledgerTokens += day.tokens();
        at.corrections += day.corrections();
    }

    private Sums at(LocalDate day, String model) {
        return sums.computeIfAbsent(new Place(day, ModelKey.of(model)), place -> new Sums());
    }

    private List<Finding> findings() {
        Map<Place, BigDecimal> differences = new HashMap<>();
        sums.forEach((place, at) -> differences.put(place, difference(at)));
        Map<ModelKey, BigDecimal> ratios = ratios();
        List<Finding> findings = new ArrayList<>();
        sums.forEach((place, at) -> findings.add(new Finding(
                place.day(),
                at.ledgerName != null ? at.ledgerName : Objects.requireNonNullElse(at.billName, ""),
                at.ledger,
                byCost ? at.billed : null,
                at.ledgerTokens,
                byCost ? null : at.billedTokens,
                Objects.requireNonNull(differences.get(place)),
                reasons(place, at, differences, ratios))));
        return findings;
    }

    private BigDecimal difference(Sums at) {
        return byCost ? at.billed.subtract(at.ledger) : BigDecimal.valueOf(at.billedTokens - at.ledgerTokens);
    }

    private List<Reason> reasons(
            Place place, Sums at, Map<Place, BigDecimal> differences, Map<ModelKey, BigDecimal> ratios) {
        BigDecimal difference = Objects.requireNonNull(differences.get(place));
        List<Reason> reasons = new ArrayList<>();
        if (difference.signum() == 0) {
            return reasons;
        }
        if (isRounding(difference, at)) {
            return List.of(Reason.ROUNDING);
        }
        if (isMadeGoodNextDoor(place, difference, differences)) {
            reasons.add(Reason.NEIGHBOURING_DAY);
        }
        if (at.corrections > 0) {
            reasons.add(Reason.CORRECTED);
        }
        if (at.ledgerName == null) {
            reasons.add(Reason.NOT_IN_LEDGER);
        } else if (at.billName == null) {
            reasons.add(Reason.NOT_BILLED);
        } else {
            BigDecimal ratio = ratios.get(place.model());
            if (ratio != null && ratio.subtract(HALF).abs().compareTo(LIKE) <= 0) {
                reasons.add(Reason.HALF_PRICE);
            } else if (ratio != null) {
                reasons.add(Reason.OTHER_PRICE);
            }
            reasons.add(difference.signum() > 0 ? Reason.CALLS_MISSING : Reason.RECORDED_TOO_MUCH);
        }
        if (!byModel) {
            reasons.add(Reason.NO_MODEL);
        }
        return reasons;
    }

    private boolean isRounding(BigDecimal difference, Sums at) {
        if (!byCost || at.ledgerName == null || at.billName == null) {
            return false;
        }
        BigDecimal allowed = CENT.max(at.ledger.abs().multiply(TEN_THOUSANDTH));
        return difference.abs().compareTo(allowed) < 0;
    }

    private static boolean isMadeGoodNextDoor(Place place, BigDecimal difference, Map<Place, BigDecimal> differences) {
        for (int days : new int[] {-1, 1}) {
            BigDecimal other = differences.get(new Place(place.day().plusDays(days), place.model()));
            if (other != null
                    && other.signum() == -difference.signum()
                    && difference
                                    .add(other)
                                    .abs()
                                    .compareTo(difference.abs().multiply(LIKE).max(CENT))
                            <= 0) {
                return true;
            }
        }
        return false;
    }

    /** Billed over ledger, where it is the same on at least two days of a model, and not one. */
    private Map<ModelKey, BigDecimal> ratios() {
        Map<ModelKey, TreeSet<BigDecimal>> seen = new LinkedHashMap<>();
        Map<ModelKey, Integer> days = new HashMap<>();
        sums.forEach((place, at) -> {
            if (byCost && at.ledger.signum() > 0 && at.billed.signum() > 0) {
                seen.computeIfAbsent(place.model(), model -> new TreeSet<>())
                        .add(at.billed.divide(at.ledger, MathContext.DECIMAL64));
                days.merge(place.model(), 1, Integer::sum);
            }
        });
        Map<ModelKey, BigDecimal> constant = new HashMap<>();
        seen.forEach((model, ratios) -> {
            BigDecimal least = ratios.first();
            boolean same = ratios.last().subtract(least).compareTo(least.multiply(LIKE)) <= 0;
            boolean isOne = least.subtract(BigDecimal.ONE).abs().compareTo(LIKE) <= 0;
            if (Objects.requireNonNull(days.get(model)) > 1 && same && !isOne) {
                constant.put(model, least);
            }
        });
        return constant;
    }
}
