package dev.artemis.runs;

import java.time.Duration;
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

    /** As long as another's claim may take to commit. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);

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
        Pauses pauses = new Pauses(FIRST_PAUSE, settings.poll());
        while (running) {
            woken.drainPermits();
            switch (look()) {
                case MORE -> pauses.over();
                case OUTRUN -> await(pauses.next());
                case DONE -> {
                    pauses.over();
                    await(settings.poll());
                }
            }
        }
    }

    /** What a look at the queue left. */
    private enum Left {
        /** All free slots were filled: once more are free there may be more. */
        MORE,
        /** Others were faster with a part of it: there may be more for the slots that are still free. */
        OUTRUN,
        /** With a slot left, whatever comes wakes us. */
        DONE
    }

    private Left look() {
        try {
            int slots = worker.freeSlots();
            // asks the sandbox, which may ask its cluster
            if (slots == 0 || !worker.isAble()) {
                return Left.DONE;
            }
            AdmitRuns.Admitted admitted =
                    admitRuns.admit(worker.id(), worker.backend().orElseThrow(), slots);
            worker.begin(admitted.runs());
            if (admitted.runs().size() == slots) {
                return Left.MORE;
            }
            return admitted.outrun() ? Left.OUTRUN : Left.DONE;
        } catch (RuntimeException e) {
            log.warn("No runs could be claimed for now: {}", e.getMessage());
            return Left.DONE;
        }
    }

    private void await(Duration atMost) {
        try {
            if (woken.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            running = false;
            Thread.currentThread().interrupt();
        }
    }
}
