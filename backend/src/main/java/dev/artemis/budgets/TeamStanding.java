package dev.artemis.budgets;

import dev.artemis.shared.ProjectId;
import java.util.Map;

/** Where a team and its projects stand at one moment. */
public record TeamStanding(LevelStanding team, Map<ProjectId, LevelStanding> projects) {

    public TeamStanding {
        projects = Map.copyOf(projects);
    }
}
