package dev.artemis.ui.dashboard;

import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.alerts.Alert;
import dev.artemis.alerts.Alerts;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.notices.Changes;
import dev.artemis.projects.Project;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Comparisons;
import dev.artemis.reports.CostQuery;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dearest;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Forecast;
import dev.artemis.reports.Together;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.TenantId;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.costs.KeyNames;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Gathers what a team's dashboard shows. Whoever looks at the same team shares one look: it is taken anew when something
 * of the team changed, however many pages are open.
 */
@Component
class TeamFigures {

    private static final int RECENT = 6;
    private static final int DEAREST = 5;
    private static final int LOOKS_KEPT = 1_000;
    private static final long KEPT_SECONDS = 20;

    private final Budgets budgets;
    private final Costs costs;
    private final Comparisons comparisons;
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
            Comparisons comparisons,
            Runs runs,
            Alerts alerts,
            ApiKeys keys,
            Members members,
            Changes changes,
            Clock clock) {
        this.budgets = budgets;
        this.costs = costs;
        this.comparisons = comparisons;
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
     * @param period the days that all of it is of
     * @param byDay by day or month, and by what was asked for
     * @param byStage by stage at least
     * @param byModel by model at least
     * @param names what to call keys and members, by id
     * @param alerts of the project and its keys where one is chosen
     * @param usedUp the day on which the month's limit was used up, where that is known
     * @param runsNow how many have not ended, by status
     */
    record Figures(
            LocalDate today,
            CostPeriod period,
            BudgetStatus budgets,
            Forecast forecast,
            Breakdown byDay,
            Breakdown byStage,
            Breakdown byModel,
            Dearest byCard,
            Dearest byKey,
            Dearest byMember,
            Map<String, String> names,
            List<Alert> alerts,
            @Nullable LocalDate usedUp,
            List<RunSummary> recentRuns,
            Map<RunStatus, Long> runsNow) {}

    /**
     * What is asked for.
     *
     * @param shown the projects as the page knows them: one that opened before a project was made does not answer for it
     */
    private record Wanted(
            TenantId tenant,
            @Nullable ProjectId project,
            List<Project> shown,
            LocalDate today,
            CostPeriod period,
            Dimension by,
            boolean runs) {}

    /** What was seen, and at which of the team's changes. */
    private static final class Look {
        private final ReentrantLock lock = new ReentrantLock();
        private long version = -1;
        private volatile Instant until = Instant.MAX;
        private @Nullable Figures seen;
    }

    Figures of(TeamScope scope, DashboardQuery query, @Nullable Project project, List<Project> all) {
        if (looks.size() > LOOKS_KEPT) {
            looks.clear();
        }
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, scope.team().timeZone());
        var wanted = new Wanted(
                scope.id(),
                project == null ? null : project.id(),
                project == null ? all : List.of(project),
                today,
                query.period().of(today),
                query.by(),
                scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER));
        Look look = looks.computeIfAbsent(wanted, unseen -> new Look());
        look.lock.lock();
        try {
            long version = changes.version(scope.id());
            Figures seen = look.seen;
            if (seen == null || look.version != version || !clock.instant().isBefore(look.until)) {
                looks.values().removeIf(kept -> kept.until.isBefore(clock.instant()));
                seen = gather(scope, wanted, now);
                look.seen = seen;
                look.version = version;
                look.until = clock.instant().plusSeconds(KEPT_SECONDS);
            }
            return seen;
        } finally {
            look.lock.unlock();
        }
    }

    /** In one transaction: all of it belongs together, and begins once. */
    private Figures gather(TeamScope scope, Wanted wanted, Instant now) {
        return comparisons.atOneMoment(
                List.of(new Comparisons.Part(
                        scope.team(), wanted.project(), wanted.period().span(), Map.of())),
                () -> atThisMoment(scope, wanted, now));
    }

    private Figures atThisMoment(TeamScope scope, Wanted wanted, Instant now) {
        ProjectId only = wanted.project();
        BudgetStatus status = budgets.status(scope.id(), only, null);
        List<ApiKey> known = only == null ? keys.all(scope.id()) : keys.all(scope.id(), only);
        List<ProjectId> projects = wanted.shown().stream().map(Project::id).toList();
        Together spent = spent(wanted);
        Breakdown overTime = spent.breakdowns().getFirst();
        return new Figures(
                wanted.today(),
                wanted.period(),
                status,
                costs.forecast(scope.id(), only, scope.team().timeZone(), now),
                overTime,
                shares(wanted, Dimension.STAGE, spent),
                shares(wanted, Dimension.MODEL, spent),
                costs.dearest(of(wanted, List.of(Dimension.CARD)), DEAREST, overTime.total()),
                dearest(spent, Dimension.KEY),
                dearest(spent, Dimension.MEMBER),
                names(scope, known, wanted.shown()),
                only == null
                        ? alerts.latest(scope.id(), RECENT)
                        : alerts.latest(scope.id(), levels(only, known), RECENT),
                usedUp(scope, wanted, status),
                wanted.runs()
                        ? runs.list(scope.id(), projects, RunFilter.ALL, null, RECENT)
                                .items()
                        : List.of(),
                wanted.runs() ? runs.unfinished(scope.id(), projects) : Map.of());
    }

    /** Over time first, then the shares that it does not tell. */
    private Together spent(Wanted wanted) {
        List<List<Dimension>> by = new ArrayList<>();
        by.add(List.of(wanted.period().grain(), wanted.by()));
        sharesBeside(wanted).forEach(dimension -> by.add(List.of(dimension)));
        return costs.together(of(wanted, List.of()), by, List.of(Dimension.KEY, Dimension.MEMBER), DEAREST);
    }

    /** What is told by it over time has it already. */
    private static List<Dimension> sharesBeside(Wanted wanted) {
        return Stream.of(Dimension.STAGE, Dimension.MODEL)
                .filter(dimension -> wanted.by() != dimension)
                .toList();
    }

    private static Breakdown shares(Wanted wanted, Dimension by, Together spent) {
        // none of its own: the first, which tells of it over time
        return spent.breakdowns().get(sharesBeside(wanted).indexOf(by) + 1);
    }

    private static Dearest dearest(Together spent, Dimension by) {
        return Objects.requireNonNull(spent.dearest().get(by));
    }

    private static CostQuery of(Wanted wanted, List<Dimension> by) {
        return new CostQuery(wanted.tenant(), wanted.project(), wanted.period().span(), by);
    }

    private static Set<UUID> levels(ProjectId project, List<ApiKey> itsKeys) {
        return Stream.concat(
                        Stream.of(project.value()),
                        itsKeys.stream().map(key -> key.id().value()))
                .collect(Collectors.toSet());
    }

    private @Nullable LocalDate usedUp(TeamScope scope, Wanted wanted, BudgetStatus status) {
        ProjectId project = wanted.project();
        BudgetStatus.Window month =
                status.window(project == null ? LimitScope.TENANT : LimitScope.PROJECT, LimitPeriod.MONTHLY);
        if (month.limit() == null || !Outlook.isUsedUp(month)) {
            return null;
        }
        UUID level = project == null ? scope.id().value() : project.value();
        return alerts.usedUp(scope.id(), level, wanted.today().withDayOfMonth(1), month.limit())
                .map(at -> LocalDate.ofInstant(at, scope.team().timeZone()))
                .orElse(null);
    }

    private Map<String, String> names(TeamScope scope, List<ApiKey> known, List<Project> shown) {
        Map<String, String> names = new HashMap<>(KeyNames.of(known, shown));
        members.all(scope.id()).forEach(member -> names.put(member.user().toString(), member.email()));
        return names;
    }
}
