package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A watch whose connection stays open and tells nothing, neither an event nor its end: behind a proxy that swallows what is sent, or of a server that
 * was frozen (client-java#2151).
 */
@Execution(ExecutionMode.CONCURRENT)
class SilentWatchTest {

    /** How often a clock is asked in some looks at a run. */
    private static final int LOOKS = 10;

    /** By so much: a minute becomes two seconds, and for ever stays for ever. */
    private static final int SOONER = 30;

    private final AnsweringCluster cluster = new AnsweringCluster();
    private final KubernetesSettings settings = SomeSettings.with(Map.of("manage-namespace", "false"));
    private final Recorder recorder = new Recorder();
    private final RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);

    SilentWatchTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aRunIsSeenToItsEndByListsAlone() throws Exception {
        cluster.tellsWatchesNothing();
        try (KubernetesSandbox sandbox =
                new KubernetesSandbox(settings, impatient(), Clock.systemUTC(), PodSight::untried)) {
            sandbox.open(recorder);
            sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));
            recorder.await(run, Observation.Accepted.class::isInstance);
            RunnerWords words = RunnerWords.of(cluster, run, "hello");
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, words.log()));

            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);

            assertThat(recorder.awaitEnd(run))
                    .isInstanceOfSatisfying(
                            Observation.Finished.class,
                            finished -> assertThat(finished.result().ending()).isEqualTo(new Ending.Exited(0)));
            assertThat(cluster.toldByWatches()).isZero();
        }
    }

    @Test
    void aPodThatWasTakenAwayMeanwhileIsMissed() throws Exception {
        try (KubernetesSandbox sandbox =
                new KubernetesSandbox(settings, impatient(), Clock.systemUTC(), PodSight::untried)) {
            startsWithAPodThatWaits(sandbox);

            cluster.tellsWatchesNothing();
            cluster.losesPod(run, "a");

            assertThat(recorder.awaitEnd(run)).isInstanceOf(Observation.Lost.class);
        }
    }

    /** Neither silence nor an end says that something is missing: only that no watch is believed for long. */
    @Test
    void anEndThatAWatchLeavesOutIsFoundByTheNextList() throws Exception {
        try (KubernetesSandbox sandbox =
                new KubernetesSandbox(settings, impatient(), Clock.systemUTC(), PodSight::untried)) {
            startsWithAPodThatWaits(sandbox);
            RunnerWords words = RunnerWords.of(cluster, run, "hello");
            // of a log that is followed only the beginning comes
            cluster.answersLogs(
                    (exchange, follow) -> AnsweringCluster.send(exchange, 200, follow ? words.begun() : words.log()));
            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);
            recorder.await(run, Observation.Started.class::isInstance);

            cluster.tellsWatchesOfOthersAlone();
            cluster.hasPod(run, "a", AnsweringCluster.ended(0, words.signed()));

            assertThat(recorder.awaitEnd(run))
                    .isInstanceOfSatisfying(
                            Observation.Finished.class,
                            finished -> assertThat(finished.result().ending()).isEqualTo(new Ending.Exited(0)));
        }
    }

    /** A start's time that is up is held against the cluster itself: its program may be running. */
    @Test
    void whatRunsUnseenIsNotEndedForItsStartAndWhatDoesNotIs() throws Exception {
        HeldClock clock = new HeldClock();
        try (KubernetesSandbox sandbox = new KubernetesSandbox(settings, cluster.clients(), clock, PodSight::untried)) {
            startsWithAPodThatWaits(sandbox);
            cluster.tellsWatchesNothing();
            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);

            clock.passes(settings.startTimeout().plusSeconds(1));
            int asked = clock.asked();
            await(() -> clock.asked() > asked + LOOKS);
            assertThat(cluster.stopped()).isZero();

            cluster.hasPod(run, "a", AnsweringCluster.PENDING);
            clock.passes(Duration.ofSeconds(10));
            await(() -> cluster.stopped() > 0);
        }
    }

    @Test
    void whatNobodyMaySeeIsNotSaidNotToHaveStarted() throws Exception {
        HeldClock clock = new HeldClock();
        try (KubernetesSandbox sandbox = new KubernetesSandbox(settings, cluster.clients(), clock, PodSight::untried)) {
            startsWithAPodThatWaits(sandbox);
            cluster.tellsWatchesNothing();
            String pods = "/api/v1/namespaces/" + settings.namespace() + "/pods";
            cluster.refusesToSay(pods, new AnsweringCluster.Refusal(403, "pods is forbidden"));

            clock.passes(settings.startTimeout().plusSeconds(1));
            int asked = clock.asked();
            await(() -> clock.asked() > asked + LOOKS);
            assertThat(cluster.stopped()).isZero();

            cluster.saysAgain(pods);
            clock.passes(Duration.ofSeconds(10));
            await(() -> cluster.stopped() > 0);
        }
    }

    /** Longer than a server lets a watch live, so that one that ends by itself is not broken off, and not much longer. */
    @Test
    void noWatchIsBelievedForLongerThanAMinuteWhetherItIsSilentOrNot() throws IOException {
        OkHttpClient watches = cluster.clients().watches().getHttpClient();

        assertThat(List.of(watches.readTimeoutMillis(), watches.callTimeoutMillis()))
                .allSatisfy(millis -> assertThat(Duration.ofMillis(millis))
                        .isGreaterThan(ClusterClients.WATCH_TIMEOUT)
                        .isLessThanOrEqualTo(Duration.ofMinutes(1)));
    }

    private void startsWithAPodThatWaits(KubernetesSandbox sandbox) throws Exception {
        sandbox.open(recorder);
        sandbox.start(run, SandboxSpec.of(Language.PYTHON, "print('hello')"));
        recorder.await(run, Observation.Accepted.class::isInstance);
        cluster.hasPod(run, "a", AnsweringCluster.PENDING);
        await(() -> cluster.input(run).isPresent());
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }

    /** The same clients, of which the one that watches waits for two seconds where it waits for a minute. */
    private ClusterClients impatient() throws IOException {
        ClusterClients usual = cluster.clients();
        ApiClient watches = usual.watches();
        OkHttpClient http = watches.getHttpClient();
        watches.setHttpClient(http.newBuilder()
                .readTimeout(Duration.ofMillis(http.readTimeoutMillis() / SOONER))
                .callTimeout(Duration.ofMillis(http.callTimeoutMillis() / SOONER))
                .build());
        return new ClusterClients(usual.calls(), watches, usual.logs(), usual.endedLogs());
    }
}
