package dev.artemis.projects;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.scanning.RuleIds;
import dev.artemis.shared.Caller;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Projects of a team: made, found, changed. */
@Service
public class Projects {

    private static final Caller PLATFORM = new Caller.Platform("platform");
    private static final int MAX_NAME = 200;
    private static final int MOST_RUNS_AT_ONCE = 10_000;
    private static final Set<String> SEVERITIES = Set.of("low", "medium", "high");

    /** The limits of a run by the API's names. */
    public static final List<String> LIMITS =
            Arrays.stream(LimitName.values()).map(LimitName::text).toList();

    private final ProjectRows rows;
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;
    private final Audit audit;
    private final Clock clock;

    Projects(ProjectRows rows, TenantTransactions transactions, JdbcTemplate jdbc, Audit audit, Clock clock) {
        this.rows = rows;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    /** For tests and demonstrations: the platform itself makes the project. */
    public Project create(TenantId tenant, Slug slug, String name) {
        return create(PLATFORM, tenant, slug, name);
    }

    /** For tests and demonstrations: the platform itself changes the project. */
    public Project change(TenantId tenant, ProjectId id, ProjectChange change) {
        return change(PLATFORM, tenant, id, change);
    }

    /**
     * Makes a project.
     *
     * @throws Problem 409 {@code slug-taken}; 422 for a name that is blank or longer than 200 characters
     */
    public Project create(Caller by, TenantId tenant, Slug slug, String name) {
        Right.CHANGE_PROJECTS.require(by, tenant);
        String checked = checkedName(name);
        try {
            return transactions.inTenant(tenant, () -> {
                Project project = rows.save(new ProjectRow(tenant, ProjectId.random(), slug, checked, clock.instant()))
                        .project();
                rows.flush();
                audit.record(by, new Change(Action.PROJECT_CREATED, tenant, slug.value(), null, Shown.of(project)));
                return project;
            });
        } catch (DataIntegrityViolationException e) {
            throw Problem.of(409, "slug-taken", "The team has a project named " + slug + " already.");
        }
    }

    /** All projects of a team, by slug. */
    public List<Project> all(TenantId tenant) {
        return transactions.inTenant(
                tenant,
                () -> rows.findAllByOrderBySlug().stream()
                        .map(ProjectRow::project)
                        .toList());
    }

    /** The ids of a team's projects by their slugs; SQL alone, so that a snapshot of several teams may ask. */
    public Map<Slug, ProjectId> ids(TenantId tenant) {
        return transactions.inTenant(tenant, () -> {
            Map<Slug, ProjectId> ids = new LinkedHashMap<>();
            jdbc.query(
                    "select slug, project_id from projects where tenant_id = ? order by slug",
                    row -> {
                        ids.put(new Slug(row.getString(1)), new ProjectId(row.getObject(2, UUID.class)));
                    },
                    tenant.value());
            return ids;
        });
    }

    /**
     * The slugs of a team's projects by their ids.
     *
     * @param only of that one alone; null: of all
     * @throws Problem 404: there is not that one
     */
    public Map<ProjectId, Slug> slugs(TenantId tenant, @Nullable Slug only) {
        Map<ProjectId, Slug> slugs = new LinkedHashMap<>();
        ids(tenant).forEach((slug, id) -> {
            if (only == null || slug.equals(only)) {
                slugs.put(id, slug);
            }
        });
        if (only != null && slugs.isEmpty()) {
            throw Problem.notFound("The project " + only);
        }
        return slugs;
    }

    public Optional<Project> find(TenantId tenant, ProjectId id) {
        return transactions.inTenant(tenant, () -> rows.findById(id.value()).map(ProjectRow::project));
    }

    /**
     * The project of that slug.
     *
     * @throws Problem 404
     */
    public Project named(TenantId tenant, Slug slug) {
        return transactions
                .inTenant(tenant, () -> rows.findBySlug(slug.value()).map(ProjectRow::project))
                .orElseThrow(() -> Problem.notFound("The project " + slug));
    }

    /**
     * Changes what is named, and leaves the rest.
     *
     * @throws Problem 404; 422 for a bad name, an unknown limit or severity, or a number out of range
     */
    public Project change(Caller by, TenantId tenant, ProjectId id, ProjectChange change) {
        Right.CHANGE_PROJECTS.require(by, tenant);
        if (change.name() != null) {
            checkedName(change.name());
        }
        checkRunsAtOnce(change.runsAtOnce());
        ProjectChange checked = change.withLimits(
                checkedLimits("default_limits", change.defaultLimits()),
                checkedLimits("maximum_limits", change.maximumLimits()));
        return transactions.inTenant(tenant, () -> {
            ProjectRow row = rows.findById(id.value()).orElseThrow(() -> Problem.notFound("The project"));
            Project before = row.project();
            checkPolicy(change.scanPolicy(), before.scanPolicy());
            row.change(checked);
            Project after = rows.save(row).project();
            audit.record(
                    by,
                    new Change(
                            Action.PROJECT_CHANGED, tenant, after.slug().value(), Shown.of(before), Shown.of(after)));
            return after;
        });
    }

    private static void checkRunsAtOnce(ProjectChange.@Nullable RunsAtOnce wanted) {
        Integer most = wanted == null ? null : wanted.most();
        if (most != null && (most < 0 || most > MOST_RUNS_AT_ONCE)) {
            throw Problem.notAllowed("max_running_runs", "0 to " + MOST_RUNS_AT_ONCE);
        }
    }

    /** A rule that was excused before there was none of that id any more, stays excused. */
    private static void checkPolicy(Project.@Nullable ScanPolicy policy, Project.ScanPolicy before) {
        if (policy == null) {
            return;
        }
        if (!SEVERITIES.containsAll(policy.block())) {
            throw Problem.notAllowed("scan_policy.block", "any of low, medium, high");
        }
        policy.allow().stream()
                .filter(rule -> !RuleIds.all().contains(rule) && !before.allow().contains(rule))
                .findFirst()
                .ifPresent(unknown -> {
                    throw Problem.notAllowed(
                            "scan_policy.allow", "ids of rules, as findings name them: py-eval, sh-network …");
                });
    }

    private static @Nullable Map<String, BigDecimal> checkedLimits(
            String field, @Nullable Map<String, BigDecimal> limits) {
        if (limits == null) {
            return null;
        }
        Map<String, BigDecimal> checked = new LinkedHashMap<>();
        limits.forEach((name, value) -> {
            LimitName limit = LimitName.of(name)
                    .orElseThrow(() -> Problem.notAllowed(field, "any of " + String.join(", ", LIMITS)));
            checked.put(name, limit.checked(field + "." + name, value));
        });
        return checked;
    }

    private static String checkedName(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > MAX_NAME || !PlainText.is(stripped)) {
            throw Problem.notAllowed("name", "1 to " + MAX_NAME + " characters, no control characters");
        }
        return stripped;
    }

    /** What the audit log shows of a project. */
    private record Shown(
            String name,
            boolean allowUnscanned,
            Project.ScanPolicy scanPolicy,
            Map<String, BigDecimal> defaultLimits,
            Map<String, BigDecimal> maximumLimits,
            @Nullable Integer maxRunningRuns) {

        static Shown of(Project project) {
            return new Shown(
                    project.name(),
                    project.allowUnscanned(),
                    project.scanPolicy(),
                    project.defaultLimits(),
                    project.maximumLimits(),
                    project.maxRunningRuns());
        }
    }
}
