package dev.artemis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.test.context.TestConstructor;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class JobThreadsTest {

    private static final int HANGING = 12;
    private static final Duration SELDOM = Duration.ofHours(1);

    private final TaskScheduler scheduler;

    JobThreadsTest(TaskScheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Test
    void jobsThatHangDelayNoOther() throws Exception {
        var end = new CountDownLatch(1);
        var ran = new CountDownLatch(1);
        List<ScheduledFuture<?>> jobs = new ArrayList<>();

        try {
            for (int n = 0; n < HANGING; n++) {
                jobs.add(scheduler.scheduleWithFixedDelay(() -> hang(end), SELDOM));
            }
            jobs.add(scheduler.scheduleWithFixedDelay(ran::countDown, SELDOM));

            assertThat(ran.await(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            end.countDown();
            jobs.forEach(job -> job.cancel(true));
        }
    }

    private static void hang(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
