package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A Job that Kueue has not admitted waits; it is not late. */
@Execution(ExecutionMode.CONCURRENT)
class SuspendedRunTest {

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration QUEUE = Duration.ofHours(2);
    private static final Duration REMOVAL = Duration.ofSeconds(46);

    private final AnsweringCluster cluster = new AnsweringCluster();
    private final KubernetesSettings settings = SomeSettings.with(Map.of(
            "manage-namespace",
            "false",
            "queue-name",
            "teams",
            "queue-timeout",
            QUEUE.toString(),
            "start-timeout",
            START.toString()));
    private final HeldClock clock = new HeldClock();
    private final Recorder recorder = new Recorder();
    private final RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
    private final KubernetesSandbox sandbox =
            new KubernetesSandbox(settings, cluster.clients(), clock, PodSight::untried);

    SuspendedRunTest() throws IOException {}

    @BeforeEach
    void start() throws InterruptedException {
        cluster.hasQueue("artemis-runs", "teams", "{}");
        sandbox.open(recorder);
        sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));
        recorder.await(run, Observation.Accepted.class::isInstance);
        // its time begins with the first look, not with the word before it
        awaitLooks();
        assertThat(cluster.job(run).getSpec().getSuspend()).isTrue();
        assertThat(cluster.job(run).getMetadata().getLabels()).containsEntry("kueue.x-k8s.io/queue-name", "teams");
    }

    @AfterEach
    void close() {
        sandbox.close();
        cluster.close();
    }

    @Test
    void waitsForItsQueueLongerThanAStartMayTake() {
        clock.passes(QUEUE.minusMinutes(1));

        awaitLooks();
        assertThat(recorder.of(run)).noneMatch(Recorder::isLast);
        assertThat(cluster.stopped()).isZero();
        assertThat(sandbox.list()).containsExactly(new Live(run, Live.State.ACCEPTED));
        // the supervisor judges by this
        assertThat(sandbox.longestStart()).isGreaterThan(QUEUE.plus(START));
    }

    @Test
    void isTriedAgainOnceItsQueueHasHadItsTime() throws InterruptedException {
        clock.passes(QUEUE.plusSeconds(1));

        assertThat(recorder.awaitEnd(run))
                .isEqualTo(new Observation.Failed(Failure.START_TIMEOUT, "the queue teams did not admit the Job"));
        assertThat(cluster.stopped()).as("told only once no pod can come").isPositive();
    }

    @Test
    void itsStartBeginsWhenItIsAdmitted() throws InterruptedException {
        clock.passes(QUEUE.minusMinutes(1));
        awaitLooks();
        cluster.admits(run);
        awaitLooks();

        clock.passes(START.minusSeconds(1));
        awaitLooks();
        assertThat(cluster.stopped()).isZero();
        clock.passes(Duration.ofSeconds(2));

        await(() -> cluster.stopped() > 0);
        clock.passes(REMOVAL);
        assertThat(recorder.awaitEnd(run))
                .isInstanceOfSatisfying(
                        Observation.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(Failure.START_TIMEOUT));
    }

    @Test
    void runsHoweverLongItWaited() throws InterruptedException {
        clock.passes(QUEUE.minusMinutes(1));
        awaitLooks();
        cluster.admits(run);
        RunnerWords words = RunnerWords.of(cluster, run, "hello");
        cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, words.log()));

        cluster.hasPod(run, "a", AnsweringCluster.RUNNING);

        assertThat(recorder.awaitEnd(run))
                .isInstanceOfSatisfying(
                        Observation.Finished.class,
                        finished -> assertThat(finished.result().ending()).isEqualTo(new Ending.Exited(0)));
    }

    /** Until it has looked at what there is by the time that it is. */
    private void awaitLooks() {
        int asked = clock.asked();
        await(() -> clock.asked() > asked + 3);
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
