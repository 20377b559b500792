package dev.artemis.exports;

import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;

/** Exports wait for each other, first come first served, so that they take a bounded share of the machine. */
@Component
class ExportQueue {

    private final ExportSettings settings;
    private final Semaphore turns;
    private final Set<ExportProgress> known = new LinkedHashSet<>();

    ExportQueue(ExportSettings settings) {
        this.settings = settings;
        this.turns = new Semaphore(settings.atOnce(), true);
    }

    /**
     * Joins the queue.
     *
     * @throws Problem 503 {@code exports-busy}: too many wait already
     */
    ExportProgress join() {
        ExportProgress progress = new ExportProgress();
        synchronized (known) {
            if (known.size() >= settings.atOnce() + settings.waiting()) {
                throw Problem.of(503, "exports-busy", "Too many exports wait already; try again later.")
                        .with(Map.of("retry_after_seconds", 60));
            }
            known.add(progress);
        }
        return progress;
    }

    /** Runs the work when its turn has come. */
    void inTurn(ExportProgress progress, Runnable work) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            leave(progress, ExportProgress.State.FAILED);
            throw new IllegalStateException("interrupted while an export waited", e);
        }
        try {
            progress.is(ExportProgress.State.RUNNING);
            work.run();
            leave(progress, ExportProgress.State.DONE);
        } finally {
            turns.release();
            if (progress.state() != ExportProgress.State.DONE) {
                leave(progress, ExportProgress.State.FAILED);
            }
        }
    }

    /** How many come before it; 0 when it runs, or is over. */
    int before(ExportProgress progress) {
        synchronized (known) {
            List<ExportProgress> waiting = new ArrayList<>(known);
            return progress.state() == ExportProgress.State.WAITING ? Math.max(0, waiting.indexOf(progress)) : 0;
        }
    }

    private void leave(ExportProgress progress, ExportProgress.State state) {
        progress.is(state);
        synchronized (known) {
            known.remove(progress);
        }
    }
}
