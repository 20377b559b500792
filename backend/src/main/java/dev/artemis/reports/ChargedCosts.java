package dev.artemis.reports;

import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.RatesByDay;
import dev.artemis.shared.Problem;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Costs and what is charged for them: a rate holds by day, so each group is summed day by day, and the days are put
 * together again.
 */
@Service
public class ChargedCosts {

    private final Costs costs;
    private final ChargebackRates rates;

    ChargedCosts(Costs costs, ChargebackRates rates) {
        this.costs = costs;
        this.rates = rates;
    }

    /**
     * Lines of one team or several, by the same dimensions.
     *
     * @param rated whether any team that spent any of it has a rate, also where mark-ups and discounts come to nothing
     */
    public record Charged(List<ChargedLine> items, boolean rated) {

        public Charged {
            items = List.copyOf(items);
        }

        /** US dollars. */
        public BigDecimal cost() {
            return items.stream().map(item -> item.line().cost().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        /** US dollars. */
        public BigDecimal markup() {
            return items.stream().map(ChargedLine::markup).reduce(BigDecimal.ZERO, BigDecimal::add);
        }
    }

    /**
     * Sums what was spent and what is charged; of several teams, projects are named with theirs.
     *
     * @throws Problem 422: more than {@link Comparisons#MOST_GROUPS} groups
     */
    public Charged sum(List<Comparisons.Part> parts, List<Dimension> by) {
        List<Dimension> named = Comparisons.named(parts, by);
        Map<Map<Dimension, String>, ChargedLine> lines = new LinkedHashMap<>();
        boolean rated = false;
        for (Comparisons.Part part : parts) {
            int before = lines.size();
            List<ChargedLine> ofPart = new ArrayList<>();
            stream(part.by(named), line -> {
                if (before + ofPart.size() == Comparisons.MOST_GROUPS) {
                    throw Comparisons.tooManyGroups();
                }
                ofPart.add(line);
            });
            ofPart.forEach(line -> lines.merge(line.line().group(), line, ChargedLine::plus));
            rated |= !ofPart.isEmpty() && !rates.byDay(part.tenant().id()).isEmpty();
        }
        return new Charged(List.copyOf(lines.values()), rated);
    }

    /** Hands the lines over one by one, in constant memory; as many as the span has. */
    public void stream(CostQuery query, Consumer<ChargedLine> lines) {
        RatesByDay byDay = rates.byDay(query.tenant());
        if (query.by().contains(Dimension.DAY)) {
            costs.stream(query, line -> lines.accept(charged(byDay, line)));
            return;
        }
        List<Dimension> daily = new ArrayList<>(query.by());
        daily.add(Dimension.DAY);
        var days = new DaysOfAGroup(query.by(), lines);
        costs.stream(
                new CostQuery(query.tenant(), query.project(), query.span(), daily, query.only()),
                line -> days.add(charged(byDay, line)));
        days.finish();
    }

    private static ChargedLine charged(RatesByDay byDay, CostLine line) {
        LocalDate day = LocalDate.parse(Objects.requireNonNull(line.group().get(Dimension.DAY)));
        return new ChargedLine(line, byDay.markup(day, line.cost()));
    }

    /** Puts lines together that follow each other and differ in their day alone; the day comes last in their order. */
    private static final class DaysOfAGroup {

        private final List<Dimension> by;
        private final Consumer<ChargedLine> lines;
        private @Nullable ChargedLine group;

        DaysOfAGroup(List<Dimension> by, Consumer<ChargedLine> lines) {
            this.by = by;
            this.lines = lines;
        }

        void add(ChargedLine day) {
            ChargedLine before = group;
            ChargedLine next = new ChargedLine(day.line().by(by), day.markup());
            if (before != null && before.line().group().equals(next.line().group())) {
                group = before.plus(next);
                return;
            }
            if (before != null) {
                lines.accept(before);
            }
            group = next;
        }

        /** All of it is a line, also where nothing was spent. */
        void finish() {
            ChargedLine last = group;
            if (last != null) {
                lines.accept(last);
            } else if (by.isEmpty()) {
                lines.accept(new ChargedLine(CostLine.nothing(Map.of()), BigDecimal.ZERO));
            }
        }
    }
}
