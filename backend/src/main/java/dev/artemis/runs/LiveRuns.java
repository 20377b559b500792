package dev.artemis.runs;

import dev.artemis.shared.RunId;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.springframework.stereotype.Component;

/** Waiting for what happens to a run, on virtual threads. */
@Component
class LiveRuns {

    /** A notice may be lost: look anyway. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

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
}
