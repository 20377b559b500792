package dev.artemis.ui.dashboard;

import dev.artemis.alerts.Alert;
import dev.artemis.alerts.Alerts;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.projects.Project;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.reports.Forecast;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Role;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.costs.CostPeriod;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gathers what a team's dashboard shows. */
@Component
class TeamFigures {

    private static final int RECENT = 6;

    private final Budgets budgets;
    private final Costs costs;
    private final Runs runs;
    private final Alerts alerts;
    private final Clock clock;

    TeamFigures(Budgets budgets, Costs costs, Runs runs, Alerts alerts, Clock clock) {
        this.budgets = budgets;
        this.costs = costs;
        this.runs = runs;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * One look at a team, or at one project of it.
     *
     * @param byDay by day and stage
     */
    record Figures(
            BudgetStatus budgets,
            Forecast forecast,
            Breakdown byDay,
            Breakdown byStage,
            Breakdown byModel,
            List<Alert> alerts,
            List<RunSummary> recentRuns) {}

    /** The days that the chart over time shows: those of this month. */
    CostPeriod month(TeamScope scope) {
        return CostPeriod.monthOf(
                LocalDate.ofInstant(clock.instant(), scope.team().timeZone()));
    }

    Figures of(TeamScope scope, @Nullable Project project, List<Project> all) {
        CostPeriod month = month(scope);
        var only = project == null ? null : project.id();
        return new Figures(
                budgets.status(scope.id(), only, null),
                costs.forecast(scope.id(), only, scope.team().timeZone(), clock.instant()),
                costs.breakdown(scope.id(), only, month.span(), List.of(Dimension.DAY, Dimension.STAGE)),
                costs.breakdown(scope.id(), only, month.span(), List.of(Dimension.STAGE)),
                costs.breakdown(scope.id(), only, month.span(), List.of(Dimension.MODEL)),
                alerts.latest(scope.id(), RECENT),
                recentRuns(scope, project == null ? all : List.of(project)));
    }

    private List<RunSummary> recentRuns(TeamScope scope, List<Project> projects) {
        if (!scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER)) {
            return List.of();
        }
        return projects.stream()
                .flatMap(project -> runs.list(scope.caller(project.id()), RunFilter.ALL, null, RECENT).items().stream())
                .sorted(Comparator.comparing(RunSummary::createdAt).reversed())
                .limit(RECENT)
                .toList();
    }
}
