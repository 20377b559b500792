package dev.artemis.ui.runs;

import dev.artemis.runs.RunNews;
import dev.artemis.runs.Runs;
import dev.artemis.runs.WaitingFor;
import dev.artemis.sandbox.Channel;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.ui.parts.OutputView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/** Reads what happens to a run on a thread of its own, and hands it over gathered: a few times a second at most. */
final class FollowRun implements AutoCloseable {

    private static final Duration GATHER = Duration.ofMillis(250);

    private final Runs runs;
    private final TaskScheduler scheduler;
    private final Caller.ForProject caller;
    private final RunId run;
    private final Consumer<RunUpdate> viewer;
    private final Map<Channel, StreamText> texts = new EnumMap<>(Channel.class);
    private final List<RunNews.Moved> moves = new ArrayList<>();
    private final List<OutputView.Piece> pieces = new ArrayList<>();
    private int attempt;
    private boolean fresh;
    private boolean gathering;
    private @Nullable WaitingFor waiting;
    private volatile boolean closed;

    private FollowRun(
            Runs runs, TaskScheduler scheduler, Caller.ForProject caller, RunId run, Consumer<RunUpdate> viewer) {
        this.runs = runs;
        this.scheduler = scheduler;
        this.caller = caller;
        this.run = run;
        this.viewer = viewer;
    }

    /** Begins with the run's first news. The viewer is called on threads of ours, one call after the other. */
    static FollowRun begin(
            Runs runs, TaskScheduler scheduler, Caller.ForProject caller, RunId run, Consumer<RunUpdate> viewer) {
        var follow = new FollowRun(runs, scheduler, caller, run, viewer);
        Thread.ofVirtual().name("run-viewer").start(follow::read);
        return follow;
    }

    private void read() {
        try {
            runs.follow(caller, run, 0, this::heard, this::nothingHeard);
        } catch (CancellationException nobodyLooks) {
            // closed
        }
    }

    private void goOn() {
        if (closed) {
            throw new CancellationException();
        }
    }

    /** What a queued run waits for changes without news of it. */
    private synchronized void nothingHeard() {
        goOn();
        if (waiting != null && runs.waitingFor(caller, run).orElse(null) != waiting) {
            handSoon();
        }
    }

    private synchronized void heard(RunNews news) {
        goOn();
        switch (news) {
            case RunNews.Moved moved -> {
                if (moved.attempt() > attempt) {
                    attempt = moved.attempt();
                    fresh = true;
                    pieces.clear();
                    texts.clear();
                }
                moves.add(moved);
            }
            case RunNews.Printed printed -> {
                String text = texts.computeIfAbsent(printed.channel(), channel -> new StreamText())
                        .next(printed.offset(), printed.bytes());
                pieces.add(new OutputView.Piece(printed.channel().name().toLowerCase(Locale.ROOT), text));
            }
        }
        handSoon();
    }

    private void handSoon() {
        if (!gathering) {
            gathering = true;
            scheduler.schedule(this::hand, scheduler.getClock().instant().plus(GATHER));
        }
    }

    private synchronized void hand() {
        gathering = false;
        if (closed) {
            return;
        }
        waiting = runs.waitingFor(caller, run).orElse(null);
        var update = new RunUpdate(runs.summary(caller, run), waiting, runs.printed(caller, run), fresh, moves, pieces);
        fresh = false;
        moves.clear();
        pieces.clear();
        viewer.accept(update);
    }

    @Override
    public void close() {
        closed = true;
    }
}
