package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.reports.Breakdown;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ChartData;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Breakdowns of costs as charts: the same numbers as in the tables beside them. */
public final class CostCharts {

    /** So many groups have a colour of their own; the rest is one group. */
    private static final int MOST = 9;

    private final Format format;
    private final UnaryOperator<String> named;

    public CostCharts(Format format) {
        this(format, UnaryOperator.identity());
    }

    /** @param named what to call a group of the dimension that a chart is made of */
    CostCharts(Format format, UnaryOperator<String> named) {
        this.format = format;
        this.named = named;
    }

    /**
     * Columns over time, stacked by a dimension.
     *
     * @param costs broken down by {@link Dimension#DAY} or {@link Dimension#MONTH}, and by that dimension
     */
    public ChartData overTime(String label, Breakdown costs, CostPeriod period, Dimension by) {
        Dimension time = period.grain();
        List<String> keys = period.keys();
        Map<String, Map<String, Usd>> sums = new LinkedHashMap<>();
        for (String group : largest(costs, by)) {
            sums.put(group, new HashMap<>());
        }
        for (CostLine line : costs.items()) {
            String group = line.group().getOrDefault(by, "");
            sums.computeIfAbsent(sums.containsKey(group) ? group : OTHERS, unseen -> new HashMap<>())
                    .merge(line.group().getOrDefault(time, ""), line.cost(), Usd::plus);
        }
        List<ChartData.Series> series = new ArrayList<>();
        sums.forEach((group, costsOf) -> series.add(series(name(group, by), keys, costsOf)));
        BigDecimal greatest = keys.stream()
                .map(key -> Usd.sum(sums.values().stream()
                        .map(of -> of.getOrDefault(key, Usd.ZERO))
                        .toList()))
                .max(Comparator.naturalOrder())
                .orElse(Usd.ZERO)
                .amount();
        return new ChartData(
                "stack",
                label,
                translate("costs.dimension." + time),
                keys.stream().map(timeName(time)).toList(),
                series,
                Ticks.upTo(greatest, format),
                null,
                null);
    }

    /** Shares of a whole, the largest first. */
    public ChartData shares(String label, List<Share> shares, Usd total, Dimension by) {
        return new ChartData(
                "donut",
                label,
                translate("costs.dimension." + by),
                shares.stream().map(Share::name).toList(),
                List.of(new ChartData.Series(
                        translate("costs.cost"),
                        shares.stream().map(share -> share.cost().amount()).toList(),
                        shares.stream().map(share -> format.money(share.cost())).toList())),
                List.of(),
                format.money(total),
                null);
    }

    /** The largest groups and the rest, as parts of the total. */
    public List<Share> shareOut(Breakdown costs, Dimension by) {
        Map<String, Usd> sums = new LinkedHashMap<>();
        for (String group : largest(costs, by)) {
            sums.put(group, Usd.ZERO);
        }
        for (CostLine line : costs.items()) {
            String group = line.group().getOrDefault(by, "");
            sums.merge(sums.containsKey(group) ? group : OTHERS, line.cost(), Usd::plus);
        }
        return sums.entrySet().stream()
                .map(entry -> new Share(
                        entry.getKey().equals(OTHERS) ? null : entry.getKey(),
                        name(entry.getKey(), by),
                        entry.getValue()))
                .toList();
    }

    /**
     * One part of a whole.
     *
     * @param group as the breakdown names it; null for the sum of the small ones
     */
    public record Share(@Nullable String group, String name, Usd cost) {}

    private static final String OTHERS = "\u0000others";

    private ChartData.Series series(String name, List<String> keys, Map<String, Usd> costs) {
        List<Usd> values =
                keys.stream().map(key -> costs.getOrDefault(key, Usd.ZERO)).toList();
        return new ChartData.Series(
                name,
                values.stream().map(Usd::amount).toList(),
                values.stream().map(format::money).toList());
    }

    private static List<String> largest(Breakdown costs, Dimension by) {
        Map<String, Usd> sums = new LinkedHashMap<>();
        costs.items().forEach(line -> sums.merge(line.group().getOrDefault(by, ""), line.cost(), Usd::plus));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Usd>comparingByValue().reversed())
                .limit(MOST)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String name(String group, Dimension by) {
        if (group.equals(OTHERS)) {
            return translate("costs.others");
        }
        return group.isEmpty() ? translate("costs.none." + by) : named.apply(group);
    }

    private Function<String, String> timeName(Dimension time) {
        return time == Dimension.MONTH
                ? key -> format.month(YearMonth.parse(key))
                : key -> format.shortDate(LocalDate.parse(key));
    }
}
