package dev.artemis.supervisor;

import dev.artemis.runs.RunRepairs;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** Sweeps in every process that holds runs: once before the first claim, then all the time. */
@Component
class Supervisor implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Supervisor.class);

    /** The counters are counted again, and old output goes, this many sweeps apart. */
    private static final int SWEEPS_PER_COUNT = 12;

    private final ReconcileRuns reconcileRuns;
    private final RunRepairs runs;
    private final SupervisorSettings settings;
    private @Nullable ScheduledExecutorService sweeper;
    private int sweeps;

    Supervisor(ReconcileRuns reconcileRuns, RunRepairs runs, SupervisorSettings settings) {
        this.reconcileRuns = reconcileRuns;
        this.runs = runs;
        this.settings = settings;
    }

    @Override
    public void start() {
        if (!runs.isWorker()) {
            return;
        }
        sweep();
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("supervisor").daemon().factory());
        fresh.scheduleWithFixedDelay(
                this::sweep, settings.sweep().toMillis(), settings.sweep().toMillis(), TimeUnit.MILLISECONDS);
        sweeper = fresh;
    }

    @Override
    public void stop() {
        ScheduledExecutorService stopping = sweeper;
        if (stopping != null) {
            stopping.shutdownNow();
            sweeper = null;
        }
    }

    @Override
    public boolean isRunning() {
        return sweeper != null;
    }

    /** After the worker has its sandbox, before it claims. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    private void sweep() {
        try {
            reconcileRuns.sweep();
            if (sweeps++ % SWEEPS_PER_COUNT == 0) {
                reconcileRuns.mendCounters();
                runs.pruneOutput();
            }
        } catch (RuntimeException e) {
            log.warn("A sweep failed and is done again: {}", e.getMessage());
        }
    }
}
