package dev.artemis.exports;

import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Exports wait for each other, first come first served, so that they take a bounded share of the machine. Whoever waits is
 * a thread that writes: what was asked for and never begun takes no place.
 */
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
     * Refuses where no more may wait.
     *
     * @throws Problem 503 {@code exports-busy}
     */
    void refuseWhenFull() {
        synchronized (known) {
            if (known.size() >= settings.atOnce() + settings.waiting()) {
                throw Problem.of(503, "exports-busy", "Too many exports wait already; try again later.")
                        .with(Map.of("retry_after_seconds", 60));
            }
        }
    }

    /**
     * Joins the queue, runs the work when its turn has come, and leaves, whatever happens. Who is interrupted while it waits
     * leaves at once; work that has begun is not disturbed ({@link Undisturbed}).
     *
     * @param waits told once where its turn is not now
     * @throws Problem 503 {@code exports-busy}: too many wait already
     */
    void inTurn(ExportProgress progress, Runnable waits, Runnable work) {
        ExportProgress.State end = ExportProgress.State.FAILED;
        try {
            join(progress);
            // not tryAcquire() without a time: that one does not stand in line
            if (!turns.tryAcquire(0, TimeUnit.SECONDS)) {
                waits.run();
                turns.acquire();
            }
            try {
                progress.is(ExportProgress.State.RUNNING);
                Undisturbed.run(work);
                end = ExportProgress.State.DONE;
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an export waited", e);
        } finally {
            leave(progress, end);
        }
    }

    /** Whether somebody waits for a turn. */
    boolean othersWait() {
        return turns.hasQueuedThreads();
    }

    private void join(ExportProgress progress) {
        synchronized (known) {
            refuseWhenFull();
            known.add(progress);
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
