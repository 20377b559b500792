package dev.artemis.exports;

import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.ProjectId;
import dev.artemis.tenants.Tenant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a report: a team, or one project of it.
 *
 * @param project null: all of the team's
 * @param span in the team's own zone
 */
public record ReportPart(Tenant tenant, @Nullable ProjectId project, Span span) {

    CostQuery by(List<Dimension> by) {
        return new CostQuery(tenant.id(), project, span, by);
    }
}
