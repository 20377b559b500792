package dev.artemis.ui.costs;

import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Comparison;
import dev.artemis.reports.Dimension;
import dev.artemis.tenants.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What people call teams, and the keys and members of all of them that costs are grouped by. */
@Component
class NamesOfAll {

    private final ApiKeys keys;
    private final Members members;
    private final Projects projects;

    NamesOfAll(ApiKeys keys, Members members, Projects projects) {
        this.keys = keys;
        this.members = members;
        this.projects = projects;
    }

    /** By id; teams under {@link CostTable#team}. Two teams of one name are told apart by their slugs. */
    Map<String, String> of(List<Tenant> all, Comparison lines, Wanted wanted) {
        Map<String, Long> sameName = new HashMap<>();
        all.forEach(team -> sameName.merge(team.name(), 1L, Long::sum));
        Map<String, String> names = new HashMap<>();
        for (Tenant team : all) {
            String name =
                    sameName.getOrDefault(team.name(), 1L) > 1 ? team.name() + " (" + team.slug() + ")" : team.name();
            names.put(CostTable.team(team.slug().value()), name);
        }
        if (!lines.lines().isEmpty() && concerns(wanted, Dimension.KEY)) {
            all.forEach(team -> projects.all(team.id())
                    .forEach(project -> keys.all(team.id(), project.id())
                            .forEach(key -> names.put(
                                    key.id().toString(), team.name() + ", " + project.name() + ": " + key.name()))));
        }
        if (!lines.lines().isEmpty() && concerns(wanted, Dimension.MEMBER)) {
            all.forEach(team -> members.all(team.id())
                    .forEach(member -> names.put(member.user().toString(), member.email())));
        }
        return names;
    }

    private static boolean concerns(Wanted wanted, Dimension dimension) {
        return wanted.groups().contains(dimension) || wanted.only().containsKey(dimension);
    }
}
