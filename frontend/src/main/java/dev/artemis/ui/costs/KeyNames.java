package dev.artemis.ui.costs;

import dev.artemis.access.ApiKey;
import dev.artemis.projects.Project;
import dev.artemis.shared.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What people call keys: among those of several projects, after the project. */
public final class KeyNames {

    private KeyNames() {}

    /** Names by id, of the keys of these projects. */
    public static Map<String, String> of(List<ApiKey> keys, List<Project> projects) {
        Map<ProjectId, String> before = projects.stream()
                .collect(Collectors.toMap(Project::id, project -> projects.size() == 1 ? "" : project.name() + ": "));
        return keys.stream()
                .filter(key -> before.containsKey(key.project()))
                .collect(Collectors.toMap(key -> key.id().toString(), key -> before.get(key.project()) + key.name()));
    }
}
