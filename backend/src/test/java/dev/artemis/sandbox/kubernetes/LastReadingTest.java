package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container has ended, and its log cannot be read at once. */
@Execution(ExecutionMode.CONCURRENT)
class LastReadingTest {

    private static final int REFUSALS = 4;

    private final AnsweringCluster cluster = new AnsweringCluster();
    private final KubernetesSettings settings = SomeSettings.with(Map.of("manage-namespace", "false"));
    private final Recorder recorder = new Recorder();
    private final RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
    private final HeldClock clock = new HeldClock();
    private final AtomicInteger readings = new AtomicInteger();
    private final CountDownLatch tested = new CountDownLatch(1);

    LastReadingTest() throws IOException {}

    @BeforeEach
    void refuseLogs() {
        cluster.answersLogs((exchange, follow) -> {
            readings.incrementAndGet();
            AnsweringCluster.send(exchange, 502, "bad gateway");
        });
    }

    @AfterEach
    void close() {
        tested.countDown();
        cluster.close();
    }

    @Test
    void whatWasPrintedIsReadThoughTheLogIsRefusedAgainAndAgain() throws Exception {
        try (KubernetesSandbox sandbox = started(Clock.systemUTC())) {
            RunnerWords words = RunnerWords.of(cluster, run, "hello");
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(
                    exchange,
                    readings.incrementAndGet() > REFUSALS ? 200 : 502,
                    readings.get() > REFUSALS ? words.log() : "bad gateway"));
            cluster.hasPod(run, "a", AnsweringCluster.ended(0, words.signed()));

            assertFinished();
            assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello");
            assertThat(sandbox.backend()).isEqualTo("kubernetes");
        }
    }

    @Test
    void aReadingThatHangsIsBrokenOffAndBegunAgain() throws Exception {
        try (KubernetesSandbox sandbox = started(Clock.systemUTC())) {
            RunnerWords words = RunnerWords.of(cluster, run, "hello");
            cluster.answersLogs((exchange, follow) -> {
                if (readings.incrementAndGet() == 1) {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody()
                            .write(words.begun().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                    exchange.getResponseBody().flush();
                    hang();
                } else {
                    AnsweringCluster.send(exchange, 200, words.log());
                }
            });
            cluster.hasPod(run, "a", AnsweringCluster.ended(0, words.signed()));

            assertFinished();
            assertThat(readings).hasValue(2);
            assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello");
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    /** A program may print nothing for as long as it runs; what has ended has nothing more to say. */
    @Test
    void aLogThatIsFollowedMaySayNothingForAsLongAsItLikes() throws IOException {
        ClusterClients clients = cluster.clients();

        assertThat(clients.logs().getHttpClient().readTimeoutMillis()).isZero();
        assertThat(clients.logs().getHttpClient().callTimeoutMillis()).isZero();
        assertThat(clients.endedLogs().getHttpClient().readTimeoutMillis()).isPositive();
    }

    @Test
    void aLogThatIsNotThereIsNotWaitedFor() throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 404, "{}"));

            cluster.hasPod(
                    run,
                    "a",
                    AnsweringCluster.ended(0, RunnerWords.of(cluster, run, "").signed()));

            // while not a moment passes
            assertFinished();
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    /** With status 200: a kubelet that finds no log has answered before it looked. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unable to retrieve container logs for containerd://4f1b2c",
                "Unable to retrieve container logs for docker://4f1b2c\n",
                "failed to try resolving symlinks in path \"/var/log/pods/x/0.log\": lstat: no such file or directory",
                "rpc error: code = NotFound desc = an error occurred when try to find container \"4f1b2c\": not found"
            })
    void whatAKubeletSaysInPlaceOfALogIsNoOutput(String words) throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, words));

            cluster.hasPod(
                    run,
                    "a",
                    AnsweringCluster.ended(0, RunnerWords.of(cluster, run, "").signed()));

            assertFinished();
            assertThat(recorder.text(run, Channel.STDOUT)).isEmpty();
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    /** Only of a log that was read to its end it is true that what it does not show did not happen, and costs nothing. */
    @Test
    void aProgramOfWhichTheKubeletHasNoLogHasRunAllTheSame() throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            cluster.answersLogs((exchange, follow) ->
                    AnsweringCluster.send(exchange, 200, "unable to retrieve container logs for containerd://4f1b2c"));

            cluster.hasPod(run, "a", """
                    {"phase": "Failed", "containerStatuses": [{"name": "program", "image": "i", "imageID": "", "ready": false,
                     "restartCount": 0, "state": {"terminated": {"exitCode": 137, "reason": "OOMKilled",
                     "startedAt": "2026-11-26T12:00:00Z", "finishedAt": "2026-11-26T12:00:10Z"}}}]}""");

            assertThat(recorder.awaitEnd(run))
                    .isInstanceOfSatisfying(
                            Observation.Finished.class,
                            finished -> assertThat(finished.result().usage().executionTime())
                                    .isEqualTo(Duration.ofSeconds(10)));
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    /** Its first words came before the node lost the log: they stay, and it is asked for again. */
    @Test
    void aLogThatIsGoneWhileItsPodRunsIsAskedForAgain() throws Exception {
        try (KubernetesSandbox sandbox = started(Clock.systemUTC())) {
            RunnerWords words = RunnerWords.of(cluster, run, "hello");
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(
                    exchange,
                    200,
                    readings.incrementAndGet() == 1
                            ? words.begun() + "unable to retrieve container logs for containerd://4f1b2c"
                            : words.log()));

            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);

            assertFinished();
            assertThat(readings.get()).isGreaterThan(1);
            assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello");
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    @Test
    void afterMinutesTheRecordOfTheEndIsEnough() throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            endsAndIsReadInVain();
            clock.passes(Duration.ofSeconds(100));
            await(() -> readings.get() == 2);
            assertThat(recorder.of(run)).noneMatch(Recorder::isLast);

            clock.passes(Duration.ofSeconds(100));

            assertFinished();
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    @Test
    void whoeverWillNotWaitIsToldTheRecordAtOnce() throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            endsAndIsReadInVain();

            sandbox.conclude(run);

            assertFinished();
        }
    }

    @Test
    void anEndThatWasToldAndNotTakenIsToldOnceMoreToWhoeverFollowsAgain() throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            endsAndIsReadInVain();
            sandbox.conclude(run);
            assertFinished();

            await(() -> {
                sandbox.follow(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));
                sandbox.conclude(run);
                return ends() > 1;
            });
        }
    }

    private long ends() {
        return recorder.of(run).stream().filter(Recorder::isLast).count();
    }

    @Test
    void aPodThatIsRemovedBeforeItsLogWasReadHasEndedAllTheSame() throws Exception {
        try (KubernetesSandbox sandbox = started(clock)) {
            endsAndIsReadInVain();

            cluster.losesPod(run, "a");

            assertFinished();
            assertThat(sandbox.list()).hasSize(1);
        }
    }

    private void endsAndIsReadInVain() {
        cluster.hasPod(
                run,
                "a",
                AnsweringCluster.ended(0, RunnerWords.of(cluster, run, "").signed()));
        await(() -> readings.get() == 1);
    }

    private KubernetesSandbox started(Clock time) throws Exception {
        KubernetesSandbox sandbox = new KubernetesSandbox(settings, cluster.clients(), time, PodSight::untried);
        sandbox.open(recorder);
        sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));
        recorder.await(run, Observation.Accepted.class::isInstance);
        return sandbox;
    }

    private void assertFinished() throws InterruptedException {
        assertThat(recorder.awaitEnd(run))
                .isInstanceOfSatisfying(
                        Observation.Finished.class,
                        finished -> assertThat(finished.result().ending()).isEqualTo(new Ending.Exited(0)));
    }

    private void hang() {
        try {
            assertThat(tested.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
