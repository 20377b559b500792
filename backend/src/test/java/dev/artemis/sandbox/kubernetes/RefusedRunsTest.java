package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Isolation;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that refuses runs, or whose clock goes otherwise than ours. */
@Execution(ExecutionMode.CONCURRENT)
class RefusedRunsTest {

    private static final String NO_RIGHTS =
            "jobs.batch is forbidden: User \"artemis\" cannot create resource \"jobs\" in API group \"batch\"";
    private static final String DENIED = "admission webhook \"policy\" denied the request: no more than two CPUs";
    private static final SandboxSpec SPEC = SandboxSpec.of(Language.PYTHON, "print()");

    private final AnsweringCluster cluster = new AnsweringCluster();
    private final KubernetesSettings settings = SomeSettings.with(Map.of("manage-namespace", "false"));
    private final HeldClock clock = new HeldClock();
    private final Recorder recorder = new Recorder();
    private final RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);

    RefusedRunsTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void whileWeAreRefusedRunsWaitAndTheIsolationSaysWhy() throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            cluster.refuses(new AnsweringCluster.Refusal(403, NO_RIGHTS), false);

            sandbox.start(run, SPEC);

            isPostponed(NO_RIGHTS);
            assertThat(sandbox.isolation().strength()).isEqualTo(Isolation.Strength.NONE);
            assertThat(sandbox.isolation().lacks()).singleElement().asString().contains(NO_RIGHTS);

            cluster.takesAll();
            await(() -> sandbox.isolation().strength() != Isolation.Strength.NONE);
        }
    }

    @Test
    void whatAPolicyRefusesToOneRunKeepsNoOtherWaiting() throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            cluster.refuses(new AnsweringCluster.Refusal(400, DENIED), true);

            sandbox.start(run, SPEC);

            isPostponed(DENIED);
            assertThat(sandbox.isolation().strength()).isNotEqualTo(Isolation.Strength.NONE);
        }
    }

    /**
     * Its Job was taken, and what asks for the pod is told no by a webhook for pods: far below its start's time, for so long its slot would be
     * held. What else keeps a pod away may pass, such as a webhook that does not answer.
     */
    @Test
    void aWebhookThatTurnsItsPodAwayPostponesARunAtOnce() throws Exception {
        String words = "Error creating: admission webhook \"policy\" denied the request: no more than two CPUs";
        try (KubernetesSandbox sandbox = opened()) {
            cluster.warns("FailedCreate", "Error creating: Internal error occurred: failed calling webhook \"policy\"");
            startedAndFollowed(sandbox);

            clock.passes(Duration.ofSeconds(4));
            await(() -> cluster.toldWarnings() == 1);
            clock.passes(Duration.ofSeconds(4));
            await(() -> cluster.toldWarnings() == 2);
            assertThat(cluster.stopped()).isZero();

            cluster.warns("FailedCreate", words);
            clock.passes(Duration.ofSeconds(6));

            // no more time passes
            isPostponed(words);
            assertThat(cluster.stopped()).isPositive();
        }
    }

    /** It gets room once others have ended, and the controller would try again with growing pauses. One that nobody has counted yet passes by itself. */
    @Test
    void aQuotaWithoutRoomForItsPodPostponesARunAtOnce() throws Exception {
        String words =
                "Error creating: pods \"run-1\" is forbidden: exceeded quota: runs, requested: limits.memory=1Gi,"
                        + " used: limits.memory=4Gi, limited: limits.memory=4Gi";
        try (KubernetesSandbox sandbox = opened()) {
            cluster.warns(
                    "FailedCreate", "Error creating: pods \"run-1\" is forbidden: status unknown for quota: runs");
            startedAndFollowed(sandbox);
            clock.passes(Duration.ofSeconds(4));
            await(() -> cluster.toldWarnings() == 1);
            assertThat(cluster.stopped()).isZero();

            cluster.warns("FailedCreate", words);
            clock.passes(Duration.ofSeconds(4));

            isEndedAs(Failure.NO_CAPACITY, words);
        }
    }

    /** A quota counts pods that have ended, too: they do not wait for other starts where it is full. */
    @Test
    void whatHasEndedIsRemovedAtOnceWhereAQuotaHasNoRoomForAPod() throws Exception {
        RunRef ended = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        RunRef starting = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        String words = "Error creating: pods \"run-1\" is forbidden: exceeded quota: runs, requested: pods=1,"
                + " used: pods=54, limited: pods=54";
        try (KubernetesSandbox sandbox = opened()) {
            runsToItsEnd(sandbox, ended);
            sandbox.start(starting, SPEC);
            hasItsPod(starting);
            startedAndFollowed(sandbox);
            long forgotten = System.nanoTime();
            sandbox.forget(ended);

            cluster.warns("FailedCreate", words);
            clock.passes(Duration.ofSeconds(4));

            isEndedAs(Failure.NO_CAPACITY, words);
            await(() -> !cluster.hasJob(ended));
            assertThat(Duration.ofNanos(System.nanoTime() - forgotten)).isLessThan(Removals.LONGEST);
        }
    }

    /** The quota is of all instances' runs. */
    @Test
    void whatHasEndedIsRemovedAtOnceWhereARunOfAnotherInstanceFindsNoRoom() throws Exception {
        RunRef ended = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        RunRef starting = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        try (KubernetesSandbox sandbox = opened()) {
            runsToItsEnd(sandbox, ended);
            sandbox.start(starting, SPEC);
            long forgotten = System.nanoTime();
            sandbox.forget(ended);

            sandbox.makeRoom(UUID.randomUUID());

            await(() -> !cluster.hasJob(ended));
            assertThat(Duration.ofNanos(System.nanoTime() - forgotten)).isLessThan(Removals.LONGEST);
        }
    }

    /** Whatever words a webhook has for it, it is who denies, and no quota is read out of them. */
    @Test
    void aWebhookThatSpeaksOfAQuotaIsAWebhook() throws Exception {
        String words =
                "Error creating: admission webhook \"quota\" denied the request: exceeded quota: runs, requested:"
                        + " limits.memory=8Gi, used: limits.memory=0, limited: limits.memory=4Gi";
        try (KubernetesSandbox sandbox = opened()) {
            cluster.warns("FailedCreate", words);
            startedAndFollowed(sandbox);

            clock.passes(Duration.ofSeconds(4));

            isPostponed(words);
        }
    }

    /** The controller may have got its pod since, and what shows pods to us be broken. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anOldDenialEndsNoRunThatMayHaveItsPod(boolean listed) throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            startedAndFollowed(sandbox);
            cluster.warns("FailedCreate", "Error creating: " + DENIED);
            if (listed) {
                cluster.tellsWatchesNothing();
                cluster.hasPod(run, "a", AnsweringCluster.RUNNING);
            } else {
                cluster.refusesToSay(
                        "/api/v1/namespaces/%s/pods".formatted(settings.namespace()),
                        new AnsweringCluster.Refusal(500, "etcdserver: request timed out"));
            }

            clock.passes(Duration.ofSeconds(4));
            await(() -> cluster.toldWarnings() == 1);
            clock.passes(Duration.ofSeconds(4));
            await(() -> cluster.toldWarnings() == 2);

            assertThat(cluster.stopped()).isZero();
            assertThat(recorder.of(run)).noneMatch(Recorder::isLast);
        }
    }

    @Test
    void whereOneAfterTheOtherIsTurnedAwayTheIsolationSaysSoUntilOneIsTaken() throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            cluster.refuses(new AnsweringCluster.Refusal(400, DENIED), true);
            for (int i = 0; i < 3; i++) {
                assertThat(sandbox.isolation().lacks().toString()).doesNotContain(DENIED);
                RunRef next = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
                sandbox.start(next, SPEC);
                recorder.awaitEnd(next);
            }

            assertThat(sandbox.isolation().strength()).isEqualTo(Isolation.Strength.PARTIAL);
            assertThat(sandbox.isolation().lacks())
                    .last()
                    .asString()
                    .contains("turned away the last 3 Jobs")
                    .contains(DENIED);

            cluster.takesAll();
            sandbox.start(run, SPEC);
            recorder.await(run, Observation.Accepted.class::isInstance);
            assertThat(sandbox.isolation().lacks().toString()).doesNotContain(DENIED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/namespaces/artemis-runs, Namespace artemis-runs",
        "/api/v1/namespaces/artemis-runs/serviceaccounts/artemis-run, ServiceAccount artemis-run",
        "/apis/networking.k8s.io/v1/namespaces/artemis-runs/networkpolicies/deny-all, NetworkPolicy deny-all",
        "/api/v1/namespaces/artemis-runs/limitranges/artemis-runs, LimitRange artemis-runs",
        "/api/v1/namespaces/artemis-runs/resourcequotas/artemis-runs, ResourceQuota artemis-runs"
    })
    void noJobIsMadeWhereWhatHoldsItsPodIsMissing(String path, String what) throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            cluster.refusesToSay(path, new AnsweringCluster.Refusal(404, "not found"));

            sandbox.start(run, SPEC);

            await(() -> cluster.hasJob(run) || recorder.of(run).stream().anyMatch(Recorder::isLast));
            assertThat(cluster.hasJob(run)).isFalse();
            isEndedAs(Failure.UNREACHABLE, what + " is missing in namespace artemis-runs");
        }
    }

    @Test
    void aJobThatWasNotKeptAsItWasSentIsRemovedBeforeItHasAnInput() throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            cluster.keeps(job -> job.replace("\"allowPrivilegeEscalation\":false,", ""));

            sandbox.start(run, SPEC);

            isPostponed("template.spec.containers.securityContext.allowPrivilegeEscalation");
            assertThat(cluster.removed()).isOne();
            assertThat(cluster.inputs()).isZero();
        }
    }

    /** Whoever made it did not live, or had no answer, to see what became of it. */
    @Test
    void soIsOneThatIsFoundThere() throws Exception {
        try (KubernetesSandbox sandbox = opened()) {
            cluster.keeps(job -> job.replace("\"allowPrivilegeEscalation\":false,", ""));
            cluster.losesAnswers();

            sandbox.start(run, SPEC);

            isPostponed("template.spec.containers.securityContext.allowPrivilegeEscalation");
            assertThat(cluster.removed()).isOne();
            assertThat(cluster.inputs()).isZero();
        }
    }

    @Test
    void aStartsTimeIsCountedByOurClockWhateverTheClustersSays() throws Exception {
        try (KubernetesSandbox before = opened()) {
            before.start(run, SPEC);
            recorder.await(run, Observation.Accepted.class::isInstance);
        }
        Recorder again = new Recorder();
        try (KubernetesSandbox sandbox = new KubernetesSandbox(settings, cluster.clients(), clock, PodSight::untried)) {
            sandbox.open(again);
            // the Job, made years ago by the cluster's clock, is in the picture
            sandbox.follow(run, SPEC);
            again.await(run, Observation.Accepted.class::isInstance);

            int asked = clock.asked();
            await(() -> clock.asked() > asked + 3);
            assertThat(cluster.stopped()).isZero();

            clock.passes(settings.startTimeout().plusSeconds(1));
            await(() -> cluster.stopped() > 0);
        }
    }

    private KubernetesSandbox opened() throws IOException {
        KubernetesSandbox sandbox = new KubernetesSandbox(settings, cluster.clients(), clock, PodSight::untried);
        sandbox.open(recorder);
        return sandbox;
    }

    /** Its time begins once it is followed. */
    private void startedAndFollowed(KubernetesSandbox sandbox) throws InterruptedException {
        sandbox.start(run, SPEC);
        recorder.await(run, Observation.Accepted.class::isInstance);
        int asked = clock.asked();
        await(() -> clock.asked() > asked + 3);
    }

    private void hasItsPod(RunRef one) {
        await(() -> cluster.hasJob(one));
        cluster.hasPod(one, "a", AnsweringCluster.PENDING);
        await(() -> cluster.input(one).isPresent());
    }

    private void runsToItsEnd(KubernetesSandbox sandbox, RunRef one) throws InterruptedException {
        sandbox.start(one, SPEC);
        hasItsPod(one);
        RunnerWords said = RunnerWords.of(cluster, one, "hello");
        cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, said.log()));
        cluster.hasPod(one, "a", AnsweringCluster.RUNNING);
        assertThat(recorder.awaitEnd(one)).isInstanceOf(Observation.Finished.class);
    }

    private void isPostponed(String words) throws InterruptedException {
        isEndedAs(Failure.REFUSED, words);
    }

    private void isEndedAs(Failure failure, String words) throws InterruptedException {
        Observation end = recorder.awaitEnd(run);
        assertThat(end)
                .isInstanceOfSatisfying(
                        Observation.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
        assertThat(((Observation.Failed) end).detail()).contains(words);
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
