package dev.artemis.runs;

import dev.artemis.sandbox.RunRef;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Takes runs whenever there is a free slot and something waits: at once upon a notice, and now and then by itself. Starts
 * after the supervisor's first look, stops before everything else of a worker.
 */
@Component
class AdmissionLoop implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(AdmissionLoop.class);
    private static final int PHASE = 100;

    private final AdmitRuns admitRuns;
    private final Worker worker;
    private final RunSettings settings;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    AdmissionLoop(AdmitRuns admitRuns, Worker worker, RunSettings settings, RunNotices notices) {
        this.admitRuns = admitRuns;
        this.worker = worker;
        this.settings = settings;
        notices.onQueue(woken::release);
        worker.onSlotFreed(woken::release);
    }

    @Override
    public void start() {
        if (worker.isRunning()) {
            running = true;
            thread = Thread.ofPlatform().name("admission").daemon().start(this::admitWhileRunning);
        }
    }

    @Override
    public void stop() {
        running = false;
        woken.release();
        Thread admitting = thread;
        if (admitting != null) {
            try {
                admitting.join(TimeUnit.SECONDS.toMillis(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    private void admitWhileRunning() {
        while (running) {
            woken.drainPermits();
            if (!admitted()) {
                await();
            }
        }
    }

    /** Whether all free slots were filled, so that more may wait; with a slot left, whatever comes wakes us. */
    private boolean admitted() {
        try {
            int slots = worker.freeSlots();
            // asks the sandbox, which may ask its cluster
            if (slots == 0 || !worker.isAble()) {
                return false;
            }
            List<RunRef> claimed = admitRuns.admit(worker.id(), worker.backend().orElseThrow(), slots);
            worker.begin(claimed);
            return claimed.size() == slots;
        } catch (RuntimeException e) {
            log.warn("No runs could be claimed for now: {}", e.getMessage());
            return false;
        }
    }

    private void await() {
        try {
            if (woken.tryAcquire(settings.poll().toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
