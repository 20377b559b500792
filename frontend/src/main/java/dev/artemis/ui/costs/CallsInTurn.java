package dev.artemis.ui.costs;

import dev.artemis.ledger.Entries;
import dev.artemis.ledger.EntryView;
import dev.artemis.projects.Project;
import dev.artemis.shared.Page;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The entries of several projects as one sequence, the newest first: each is read once, and one page of each project is held. */
final class CallsInTurn {

    /** Of all projects together. */
    private static final int HELD = 10_000;

    private static final int SMALLEST_PAGE = 100;

    /** Reads the entries of one project. */
    interface Pages {

        /**
         * A page of them, the newest first.
         *
         * @param from where it begins; null: with the newest
         * @param most how many entries
         */
        Page<EntryView> of(Project project, @Nullable String from, int most);
    }

    /** The next entry of a project, those that were read with it, and where the others are. */
    private record Turn(
            CallLine line,
            Iterator<EntryView> read,
            @Nullable String next) {}

    private final Pages pages;
    private final int most;
    private final PriorityQueue<Turn> turns =
            new PriorityQueue<>(Comparator.comparing(Turn::line, CallLine.NEWEST_FIRST));

    CallsInTurn(List<Project> projects, Pages pages) {
        this.pages = pages;
        this.most = Math.clamp(HELD / Math.max(1, projects.size()), SMALLEST_PAGE, Entries.MAX_PAGE);
        projects.forEach(project -> read(project, null));
    }

    /** Hands all over, once. */
    void forEach(Consumer<CallLine> lines) {
        for (Turn turn = turns.poll(); turn != null; turn = turns.poll()) {
            lines.accept(turn.line());
            goOn(turn.line().project(), turn.read(), turn.next());
        }
    }

    private void read(Project project, @Nullable String from) {
        Page<EntryView> page = pages.of(project, from, most);
        goOn(project, page.items().iterator(), page.next());
    }

    private void goOn(Project project, Iterator<EntryView> read, @Nullable String next) {
        if (read.hasNext()) {
            turns.add(new Turn(new CallLine(project, read.next()), read, next));
        } else if (next != null) {
            read(project, next);
        }
    }
}
