package dev.artemis.exports;

import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.ProjectId;
import dev.artemis.tenants.Tenant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One part of a report: a team, or one project of it.
 *
 * @param project null: all of the team's
 * @param span in the team's own zone
 * @param only what is left out unless it has these values, as breakdowns name them
 */
public record ReportPart(Tenant tenant, @Nullable ProjectId project, Span span, Map<Dimension, String> only) {

    public ReportPart {
        only = Map.copyOf(only);
    }

    public ReportPart(Tenant tenant, @Nullable ProjectId project, Span span) {
        this(tenant, project, span, Map.of());
    }

    /** The month that it is; empty where it is none, or more. */
    Optional<YearMonth> month() {
        return span instanceof Span.Days(LocalDate from, LocalDate to)
                        && from.getDayOfMonth() == 1
                        && from.plusMonths(1).equals(to)
                ? Optional.of(YearMonth.from(from))
                : Optional.empty();
    }

    CostQuery by(List<Dimension> by) {
        return new CostQuery(tenant.id(), project, span, by, only);
    }
}
