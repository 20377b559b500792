package dev.artemis.exports;

import dev.artemis.projects.Projects;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What a statement prints of a month's closing; reads in the transaction that runs. */
@Component
class ClosedMonths {

    private final JdbcTemplate jdbc;
    private final Projects projects;

    ClosedMonths(JdbcTemplate jdbc, Projects projects) {
        this.projects = projects;
        this.jdbc = jdbc;
    }

    /** A closing, with its seal once it was counted. */
    record Closing(
            int number, Instant at, String by, @Nullable String sha256) {}

    /**
     * What is to be said of a part.
     *
     * @param project whose figures these are, as a person reads it; null: all of the team's
     * @param closing null: the month is not closed
     */
    record Standing(@Nullable String project, @Nullable Closing closing) {}

    /** How a part, which is one month, stands. */
    Standing of(ReportPart part, YearMonth month) {
        TenantId tenant = part.tenant().id();
        ProjectId project = part.project();
        return new Standing(
                project == null ? null : project(tenant, project),
                closing(tenant, month).orElse(null));
    }

    private String project(TenantId tenant, ProjectId id) {
        return projects.find(tenant, id)
                .map(project -> project.name() + " (" + project.slug() + ")")
                .orElse(id.toString());
    }

    /** Empty where the month is not closed. */
    Optional<Closing> closing(TenantId tenant, YearMonth month) {
        return jdbc
                .query(
                        "select number, closed_at, closed_by, sha256 from statements where tenant_id = ? and month = ?",
                        (row, number) -> new Closing(
                                row.getInt(1),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                row.getString(3),
                                row.getString(4)),
                        tenant.value(),
                        month.atDay(1))
                .stream()
                .findFirst();
    }
}
