package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Problem;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class ExportQueueTest {

    private static final Runnable NOT_TOLD = () -> {};

    @Test
    void exportsWaitForEachOtherAndSayHowManyComeBefore() throws Exception {
        var queue = new ExportQueue(settings(1));
        var first = new ExportProgress();
        var second = new ExportProgress();
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var told = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> running = threads.submit(() -> queue.inTurn(first, NOT_TOLD, () -> {
                begun.countDown();
                await(end);
            }));
            begun.await();
            Future<?> waiting = threads.submit(() -> queue.inTurn(second, told::countDown, () -> {}));
            told.await();

            assertThat(first.state()).isEqualTo(ExportProgress.State.RUNNING);
            assertThat(second.state()).isEqualTo(ExportProgress.State.WAITING);
            assertThat(queue.before(first)).isZero();
            assertThat(queue.before(second)).isEqualTo(1);
            awaitOthers(queue);
            assertThatThrownBy(queue::refuseWhenFull).isInstanceOf(Problem.class);
            var third = new ExportProgress();
            assertThatThrownBy(() -> queue.inTurn(third, NOT_TOLD, () -> {})).isInstanceOf(Problem.class);
            assertThat(third.state()).isEqualTo(ExportProgress.State.FAILED);

            end.countDown();
            running.get();
            waiting.get();
        }
        assertThat(queue.othersWait()).isFalse();
        assertThat(first.state()).isEqualTo(ExportProgress.State.DONE);
        assertThat(second.state()).isEqualTo(ExportProgress.State.DONE);
        var next = new ExportProgress();
        queue.inTurn(next, NOT_TOLD, () -> {});
        assertThat(next.state()).isEqualTo(ExportProgress.State.DONE);
    }

    @Test
    void oneThatFailsGivesItsTurnAway() {
        var queue = new ExportQueue(settings(0));
        var broken = new ExportProgress();

        assertThatThrownBy(() -> queue.inTurn(broken, NOT_TOLD, () -> {
                    throw new IllegalStateException("disk full");
                }))
                .hasMessage("disk full");

        assertThat(broken.state()).isEqualTo(ExportProgress.State.FAILED);
        var next = new ExportProgress();
        queue.inTurn(next, NOT_TOLD, () -> {});
        assertThat(next.state()).isEqualTo(ExportProgress.State.DONE);
    }

    @Test
    void oneThatIsInterruptedWhileItWaitsGivesItsPlaceAway() {
        var queue = new ExportQueue(settings(0));
        var interrupted = new ExportProgress();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.inTurn(interrupted, NOT_TOLD, () -> {}))
                .isInstanceOf(IllegalStateException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.state()).isEqualTo(ExportProgress.State.FAILED);
        queue.refuseWhenFull();
    }

    /** A connection to the database does not outlive it. */
    @Test
    void workThatHasBegunIsNotInterrupted() throws Exception {
        var queue = new ExportQueue(settings(0));
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var disturbed = new AtomicBoolean();
        var interrupted = new AtomicBoolean();
        Thread answering = Thread.ofVirtual().start(() -> {
            queue.inTurn(new ExportProgress(), NOT_TOLD, () -> {
                begun.countDown();
                await(end);
                disturbed.set(Thread.currentThread().isInterrupted());
            });
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        begun.await();

        answering.interrupt();
        end.countDown();
        answering.join();

        assertThat(disturbed).isFalse();
        assertThat(interrupted).as("whoever asked is told").isTrue();
    }

    /** Whoever waits was told so a moment before it stands in line. */
    private static void awaitOthers(ExportQueue queue) {
        while (!queue.othersWait()) {
            Thread.onSpinWait();
        }
    }

    private static ExportSettings settings(int waiting) {
        return new ExportSettings(1, waiting, Duration.ofMinutes(1), DataSize.ofKilobytes(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
