package dev.artemis.ui.projects;

import dev.artemis.projects.Project;
import dev.artemis.reports.Statistics;
import dev.artemis.runs.Runs;
import dev.artemis.ui.TeamScope;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where figures since the beginning come from, with the kind of sandbox that programs are told. */
@Component
class CountedSoFar {

    private final Statistics statistics;
    private final Runs runs;
    private final String backend;

    CountedSoFar(Statistics statistics, Runs runs, Environment environment) {
        this.statistics = statistics;
        this.runs = runs;
        this.backend = environment.getProperty("artemis.sandbox.kind", "local");
    }

    StatisticsPanel of(TeamScope scope) {
        return new StatisticsPanel(
                () -> statistics.costTracking(scope.id()),
                () -> runs.statistics(scope.id(), null),
                backend,
                scope.format());
    }

    StatisticsPanel of(TeamScope scope, Project project) {
        return new StatisticsPanel(
                () -> statistics.costTracking(scope.id(), project.id(), null),
                () -> runs.statistics(scope.id(), project.id()),
                backend,
                scope.format());
    }
}
