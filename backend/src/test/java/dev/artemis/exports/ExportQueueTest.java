package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.shared.Problem;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ExportQueueTest {

    private static final Runnable NOT_TOLD = () -> {};

    @Test
    void exportsWaitForEachOtherAndSayHowManyComeBefore() throws Exception {
        var queue = new ExportQueue(new ExportSettings(1, 1));
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
            assertThatThrownBy(queue::refuseWhenFull).isInstanceOf(Problem.class);
            var third = new ExportProgress();
            assertThatThrownBy(() -> queue.inTurn(third, NOT_TOLD, () -> {})).isInstanceOf(Problem.class);
            assertThat(third.state()).isEqualTo(ExportProgress.State.FAILED);

            end.countDown();
            running.get();
            waiting.get();
        }
        assertThat(first.state()).isEqualTo(ExportProgress.State.DONE);
        assertThat(second.state()).isEqualTo(ExportProgress.State.DONE);
        var next = new ExportProgress();
        queue.inTurn(next, NOT_TOLD, () -> {});
        assertThat(next.state()).isEqualTo(ExportProgress.State.DONE);
    }

    @Test
    void oneThatFailsGivesItsTurnAway() {
        var queue = new ExportQueue(new ExportSettings(1, 0));
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
        var queue = new ExportQueue(new ExportSettings(1, 0));
        var interrupted = new ExportProgress();
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> queue.inTurn(interrupted, NOT_TOLD, () -> {}))
                .isInstanceOf(IllegalStateException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.state()).isEqualTo(ExportProgress.State.FAILED);
        queue.refuseWhenFull();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
