package dev.artemis.ui.costs;

import dev.artemis.ledger.EntryView;
import dev.artemis.projects.Project;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Page;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** An entry of the ledger and the project that it belongs to. */
record CallLine(Project project, EntryView entry) {

    /** Ids begin with the time: their texts sort as they do in the database. */
    static final Comparator<CallLine> NEWEST_FIRST =
            Comparator.comparing((CallLine line) -> line.id().toString()).reversed();

    EntryId id() {
        return entry.id();
    }

    /**
     * The newest of some projects together.
     *
     * @param page the newest of one of them, as many as are wanted
     */
    static Page<CallLine> newest(List<Project> projects, int most, Function<Project, Page<EntryView>> page) {
        boolean more = false;
        Stream<CallLine> all = Stream.empty();
        for (Project project : projects) {
            Page<EntryView> its = page.apply(project);
            more |= its.next() != null;
            all = Stream.concat(all, its.items().stream().map(entry -> new CallLine(project, entry)));
        }
        List<CallLine> lines = all.sorted(NEWEST_FIRST).toList();
        List<CallLine> shown = lines.subList(0, Math.min(most, lines.size()));
        return new Page<>(
                List.copyOf(shown),
                more || lines.size() > most ? shown.getLast().id().toString() : null);
    }
}
