package dev.artemis.ui.dashboard;

import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.alerts.Alert;
import dev.artemis.alerts.Alerts;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.notices.Changes;
import dev.artemis.projects.Project;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Forecast;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.TenantId;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.costs.CostPeriod;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gathers what a team's dashboard shows. Whoever looks at the same team shares one look: it is taken anew when something
 * of the team changed, however many pages are open.
 */
@Component
class TeamFigures {

    private static final int RECENT = 6;
    private static final int SHOWN_AT_ONCE = 50;
    private static final int LOOKS_KEPT = 1_000;
    private static final long KEPT_SECONDS = 20;
    private static final Set<RunStatus> NOW = Set.of(RunStatus.QUEUED, RunStatus.SUBMITTING, RunStatus.RUNNING);

    private final Budgets budgets;
    private final Costs costs;
    private final Runs runs;
    private final Alerts alerts;
    private final ApiKeys keys;
    private final Members members;
    private final Changes changes;
    private final Clock clock;
    private final Map<Wanted, Look> looks = new ConcurrentHashMap<>();

    TeamFigures(
            Budgets budgets,
            Costs costs,
            Runs runs,
            Alerts alerts,
            ApiKeys keys,
            Members members,
            Changes changes,
            Clock clock) {
        this.budgets = budgets;
        this.costs = costs;
        this.runs = runs;
        this.alerts = alerts;
        this.keys = keys;
        this.members = members;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * One look at a team, or at one project of it.
     *
     * @param byDay by day or month, and by what was asked for
     * @param names what to call keys and members, by id
     * @param runsNow those that have not ended, newest first, at most fifty
     */
    record Figures(
            LocalDate today,
            BudgetStatus budgets,
            Forecast forecast,
            Breakdown byDay,
            Breakdown byStage,
            Breakdown byModel,
            Breakdown byCard,
            Breakdown byKey,
            Breakdown byMember,
            Map<String, String> names,
            List<Alert> alerts,
            List<RunSummary> recentRuns,
            List<RunSummary> runsNow) {}

    private record Wanted(
            TenantId tenant, @Nullable ProjectId project, CostPeriod period, Dimension by, boolean runs) {}

    /** What was seen, and at which of the team's changes. */
    private static final class Look {
        private final ReentrantLock lock = new ReentrantLock();
        private long version = -1;
        private Instant until = Instant.MIN;
        private @Nullable Figures seen;
    }

    /** The days that are looked at. */
    CostPeriod period(TeamScope scope, DashboardQuery query) {
        return query.period().of(today(scope));
    }

    Figures of(TeamScope scope, DashboardQuery query, @Nullable Project project, List<Project> all) {
        if (looks.size() > LOOKS_KEPT) {
            looks.clear();
        }
        var wanted = new Wanted(
                scope.id(),
                project == null ? null : project.id(),
                period(scope, query),
                query.by(),
                scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER));
        Look look = looks.computeIfAbsent(wanted, unseen -> new Look());
        look.lock.lock();
        try {
            long version = changes.version(scope.id());
            Figures seen = look.seen;
            if (seen == null || look.version != version || !clock.instant().isBefore(look.until)) {
                seen = gather(scope, wanted, project == null ? all : List.of(project));
                look.seen = seen;
                look.version = version;
                look.until = clock.instant().plusSeconds(KEPT_SECONDS);
            }
            return seen;
        } finally {
            look.lock.unlock();
        }
    }

    private Figures gather(TeamScope scope, Wanted wanted, List<Project> shown) {
        ProjectId only = wanted.project();
        return new Figures(
                today(scope),
                budgets.status(scope.id(), only, null),
                costs.forecast(scope.id(), only, scope.team().timeZone(), clock.instant()),
                costs.breakdown(
                        scope.id(),
                        only,
                        wanted.period().span(),
                        List.of(wanted.period().grain(), wanted.by())),
                by(wanted, Dimension.STAGE),
                by(wanted, Dimension.MODEL),
                by(wanted, Dimension.CARD),
                by(wanted, Dimension.KEY),
                by(wanted, Dimension.MEMBER),
                names(scope, shown),
                alerts.latest(scope.id(), RECENT),
                wanted.runs() ? newest(scope, shown, RunFilter.ALL, RECENT) : List.of(),
                wanted.runs() ? newest(scope, shown, new RunFilter(NOW, null, null), SHOWN_AT_ONCE) : List.of());
    }

    private Breakdown by(Wanted wanted, Dimension dimension) {
        return costs.breakdown(
                wanted.tenant(), wanted.project(), wanted.period().span(), List.of(dimension));
    }

    private Map<String, String> names(TeamScope scope, List<Project> shown) {
        Map<String, String> names = new HashMap<>();
        shown.forEach(project -> keys.all(scope.id(), project.id())
                .forEach(key -> names.put(
                        key.id().toString(), shown.size() == 1 ? key.name() : project.name() + ": " + key.name())));
        members.all(scope.id()).forEach(member -> names.put(member.user().toString(), member.email()));
        return names;
    }

    private LocalDate today(TeamScope scope) {
        return LocalDate.ofInstant(clock.instant(), scope.team().timeZone());
    }

    private List<RunSummary> newest(TeamScope scope, List<Project> projects, RunFilter filter, int most) {
        return projects.stream()
                .flatMap(project -> runs.list(scope.caller(project.id()), filter, null, most).items().stream())
                .sorted(Comparator.comparing(RunSummary::createdAt).reversed())
                .limit(most)
                .toList();
    }
}
