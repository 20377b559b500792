package dev.artemis.ui.dashboard;

import com.vaadin.flow.router.QueryParameters;
import dev.artemis.reports.Dimension;
import dev.artemis.ui.costs.CostPeriod;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the address of the dashboard asks for.
 *
 * @param project slug; null for all
 * @param by what the costs over time are stacked by
 */
record DashboardQuery(@Nullable String project, Period period, Dimension by) {

    /** What costs can be stacked by here. */
    static final List<Dimension> GROUPS =
            List.of(Dimension.STAGE, Dimension.MODEL, Dimension.PROVIDER, Dimension.PROJECT);

    /** Stretches of time that end today, or with the month. */
    enum Period {
        MONTH,
        DAYS_7,
        DAYS_30,
        DAYS_90,
        YEAR;

        CostPeriod of(LocalDate today) {
            return switch (this) {
                case MONTH -> CostPeriod.monthOf(today);
                case DAYS_7 -> CostPeriod.lastDays(7, today);
                case DAYS_30 -> CostPeriod.lastDays(30, today);
                case DAYS_90 -> CostPeriod.lastDays(90, today);
                case YEAR -> CostPeriod.lastYear(today);
            };
        }

        private String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static DashboardQuery of(QueryParameters query) {
        return new DashboardQuery(
                query.getSingleParameter("project").orElse(null),
                query.getSingleParameter("period")
                        .flatMap(text -> Arrays.stream(Period.values())
                                .filter(it -> it.text().equals(text))
                                .findFirst())
                        .orElse(Period.MONTH),
                query.getSingleParameter("by")
                        .flatMap(text -> GROUPS.stream()
                                .filter(it -> it.toString().equals(text))
                                .findFirst())
                        .orElse(Dimension.STAGE));
    }

    DashboardQuery withProject(@Nullable String other) {
        return new DashboardQuery(other, period, by);
    }

    DashboardQuery withPeriod(Period other) {
        return new DashboardQuery(project, other, by);
    }

    DashboardQuery withBy(Dimension other) {
        return new DashboardQuery(project, period, other);
    }

    /** As it stands in the address: what is usual is left out. */
    QueryParameters parameters() {
        Map<String, String> query = new LinkedHashMap<>();
        if (project != null) {
            query.put("project", project);
        }
        if (period != Period.MONTH) {
            query.put("period", period.text());
        }
        if (by != Dimension.STAGE) {
            query.put("by", by.toString());
        }
        return QueryParameters.simple(query);
    }
}
