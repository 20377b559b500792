package dev.artemis.runs;

import dev.artemis.shared.RunId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Waiting for what happens to a run, on virtual threads. */
@Component
class LiveRuns {

    private static final Logger log = LoggerFactory.getLogger(LiveRuns.class);

    /** A notice may be lost: look anyway. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** A page is pushed a few times a second at most. */
    private static final Duration BETWEEN_PUSHES = Duration.ofMillis(250);

    private final RunNotices notices;

    LiveRuns(RunNotices notices) {
        this.notices = notices;
    }

    void awaitEnd(RunId run, Duration atMost, BooleanSupplier ended) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try (RunNotices.Watch watch = notices.watch(run)) {
            boolean goOn = true;
            while (goOn && !ended.getAsBoolean()) {
                Duration left = Duration.ofNanos(deadline - System.nanoTime());
                goOn = left.isPositive() && watch.await(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param ended looked at before the news are read, so that none is left when it is true and there are none */
    void follow(
            RunId run,
            long after,
            LongFunction<List<RunNews>> newsAfter,
            BooleanSupplier ended,
            Consumer<RunNews> told,
            Runnable quiet) {
        long number = after;
        try (RunNotices.Watch watch = notices.watch(run)) {
            boolean goOn = true;
            while (goOn) {
                boolean over = ended.getAsBoolean();
                List<RunNews> news = newsAfter.apply(number);
                news.forEach(told);
                if (!news.isEmpty()) {
                    number = news.getLast().number();
                } else if (over) {
                    goOn = false;
                } else {
                    goOn = watch.await(LOOK_AGAIN);
                    quiet.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Subscription watch(RunId run, Supplier<RunView> view, Consumer<RunView> viewer) {
        var closed = new AtomicBoolean();
        Thread thread = Thread.ofVirtual().name("run-viewer").start(() -> push(run, view, viewer, closed));
        return () -> {
            if (!closed.getAndSet(true)) {
                thread.interrupt();
            }
        };
    }

    private void push(RunId run, Supplier<RunView> view, Consumer<RunView> viewer, AtomicBoolean closed) {
        try (RunNotices.Watch watch = notices.watch(run)) {
            boolean goOn = true;
            while (goOn && !closed.get()) {
                RunView now = view.get();
                if (!closed.get()) {
                    viewer.accept(now);
                }
                goOn = !now.summary().status().ended();
                if (goOn) {
                    Thread.sleep(BETWEEN_PUSHES);
                    goOn = watch.await(LOOK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!closed.get()) {
                log.warn("A view of a run ended, run={}", run, e);
            }
        }
    }
}
