package dev.artemis.ui.costs;

import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryView;
import dev.artemis.projects.Project;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An entry of the ledger and the project that it belongs to. */
record CallLine(Project project, EntryView entry) {

    /** Ids begin with the time: their texts sort as they do in the database. */
    static final Comparator<CallLine> NEWEST_FIRST =
            Comparator.comparing((CallLine line) -> line.id().toString()).reversed();

    EntryId id() {
        return entry.id();
    }

    /** A page of these projects' entries. */
    static Page<CallLine> of(List<Project> projects, Page<Entries.OfProject> page) {
        Map<ProjectId, Project> byId = projects.stream().collect(Collectors.toMap(Project::id, Function.identity()));
        return page.map(one -> new CallLine(Objects.requireNonNull(byId.get(one.project())), one.entry()));
    }
}
