package dev.artemis.projects;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.TenantId;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** The project's row, and what may happen to it. */
@Entity
@Table(name = "projects")
class ProjectRow {

    @Id
    @Column(name = "project_id")
    private UUID id;

    @TenantId
    @Column(name = "tenant_id")
    private UUID tenant;

    private String slug;
    private String name;
    private boolean allowUnscanned;

    @JdbcTypeCode(SqlTypes.JSON)
    private Project.ScanPolicy scanPolicy = Project.ScanPolicy.DEFAULT;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, BigDecimal> defaultLimits = new LinkedHashMap<>();

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, BigDecimal> maximumLimits = new LinkedHashMap<>();

    private @Nullable Integer maxRunningRuns;
    private Instant createdAt;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected ProjectRow() {}

    ProjectRow(dev.artemis.shared.TenantId tenant, ProjectId id, Slug slug, String name, Instant at) {
        this.tenant = tenant.value();
        this.id = id.value();
        this.slug = slug.value();
        this.name = name;
        this.createdAt = at;
    }

    void change(ProjectChange change) {
        if (change.name() != null) {
            this.name = change.name();
        }
        if (change.allowUnscanned() != null) {
            this.allowUnscanned = change.allowUnscanned();
        }
        if (change.scanPolicy() != null) {
            this.scanPolicy = change.scanPolicy();
        }
        if (change.defaultLimits() != null) {
            this.defaultLimits = new LinkedHashMap<>(change.defaultLimits());
        }
        if (change.maximumLimits() != null) {
            this.maximumLimits = new LinkedHashMap<>(change.maximumLimits());
        }
        if (change.runsAtOnce() != null) {
            this.maxRunningRuns = change.runsAtOnce().most();
        }
    }

    Project project() {
        return new Project(
                new ProjectId(id),
                new dev.artemis.shared.TenantId(tenant),
                new Slug(slug),
                name,
                allowUnscanned,
                scanPolicy,
                defaultLimits,
                maximumLimits,
                maxRunningRuns,
                createdAt);
    }
}
