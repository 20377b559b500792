package dev.artemis.ui.runs;

import dev.artemis.runs.OutputSize;
import dev.artemis.runs.RunNews;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.runs.WaitingFor;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RunId;
import dev.artemis.ui.Incidents;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.TaskScheduler;

/**
 * Reads what happens to a run on a thread of its own, and hands it over gathered: a few times a second at most. While the
 * database does not answer it waits, and goes on from there.
 */
final class FollowRun implements AutoCloseable {

    private static final Duration GATHER = Duration.ofMillis(250);
    private static final Duration REST = Duration.ofSeconds(2);

    private final Source source;
    private final TaskScheduler scheduler;
    private final Consumer<RunUpdate> viewer;
    private final CountDownLatch gone = new CountDownLatch(1);
    private final GatheredNews gathered = new GatheredNews();
    private long heard;
    private boolean gathering;
    private boolean faulty;
    private @Nullable WaitingFor waiting;
    private boolean mayWait;

    private FollowRun(Source source, TaskScheduler scheduler, Consumer<RunUpdate> viewer) {
        this.source = source;
        this.scheduler = scheduler;
        this.viewer = viewer;
    }

    /** Where a run's news come from. */
    record Source(
            Following news,
            Supplier<RunSummary> summary,
            Supplier<Optional<WaitingFor>> waitingFor,
            Supplier<OutputSize> printed) {

        static Source of(Runs runs, Caller.ForProject caller, RunId run) {
            return new Source(
                    (after, told, quiet) -> runs.follow(caller, run, after, told, quiet),
                    () -> runs.summary(caller, run),
                    () -> runs.waitingFor(caller, run),
                    () -> runs.printed(caller, run));
        }
    }

    /** Gives the news after that number as they come; returns when there will be no more. See {@link Runs#follow}. */
    @FunctionalInterface
    interface Following {
        void follow(long after, Consumer<RunNews> told, Runnable quiet);
    }

    /** Begins with the run's first news. The viewer is called on threads of ours, one call after the other. */
    static FollowRun begin(Source source, TaskScheduler scheduler, Consumer<RunUpdate> viewer) {
        var follow = new FollowRun(source, scheduler, viewer);
        Thread.ofVirtual().name("run-viewer").start(follow::read);
        return follow;
    }

    /** All that ever happened to a run that has ended, read while one waits. */
    static RunUpdate whole(Source ended) {
        var gathered = new GatheredNews();
        ended.news().follow(0, gathered::add, () -> {});
        return gathered.take(ended.summary().get(), null, ended.printed().get());
    }

    private void read() {
        try {
            while (!readOn()) {
                gone.await(REST.toMillis(), TimeUnit.MILLISECONDS);
                goOn();
            }
        } catch (CancellationException nobodyLooks) {
            // closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether there is nothing more to read */
    private boolean readOn() {
        try {
            source.news().follow(lastHeard(), this::heard, this::nothingHeard);
            return true;
        } catch (CancellationException nobodyLooks) {
            throw nobodyLooks;
        } catch (Problem runIsGone) {
            return true;
        } catch (RuntimeException fault) {
            failed(fault);
            return false;
        }
    }

    /** Of faults in a row the first alone: an outage is one. */
    private synchronized void failed(RuntimeException fault) {
        if (!faulty) {
            faulty = true;
            Incidents.record(fault);
        }
    }

    private synchronized long lastHeard() {
        return heard;
    }

    private void goOn() {
        if (gone.getCount() == 0) {
            throw new CancellationException();
        }
    }

    /** What a run waits for changes without news of it. */
    private synchronized void nothingHeard() {
        goOn();
        if (mayWait && source.waitingFor().get().orElse(null) != waiting) {
            handAfter(GATHER);
        }
    }

    private synchronized void heard(RunNews news) {
        goOn();
        gathered.add(news);
        heard = news.number();
        handAfter(GATHER);
    }

    private void handAfter(Duration time) {
        if (!gathering) {
            gathering = true;
            scheduler.schedule(this::hand, scheduler.getClock().instant().plus(time));
        }
    }

    private synchronized void hand() {
        gathering = false;
        if (gone.getCount() == 0) {
            return;
        }
        try {
            waiting = source.waitingFor().get().orElse(null);
            RunSummary run = source.summary().get();
            mayWait = run.status() == RunStatus.QUEUED || run.status() == RunStatus.SUBMITTING;
            RunUpdate update = gathered.take(run, waiting, source.printed().get());
            faulty = false;
            viewer.accept(update);
        } catch (Problem runIsGone) {
            close();
        } catch (RuntimeException fault) {
            failed(fault);
            handAfter(REST);
        }
    }

    @Override
    public void close() {
        gone.countDown();
    }
}
