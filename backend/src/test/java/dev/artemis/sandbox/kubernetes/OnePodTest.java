package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
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

/** A run's input is one pod's, and whoever goes on with a Job goes on with that pod. */
@Execution(ExecutionMode.CONCURRENT)
class OnePodTest {

    private static final SandboxSpec SPEC = SandboxSpec.of(Language.PYTHON, "print('hello')");
    private static final SandboxSpec AS_ANOTHER_VERSION_WRITES_IT = SandboxSpec.of(Language.PYTHON, "print('hello') ");

    private final AnsweringCluster cluster = new AnsweringCluster();
    private final KubernetesSettings settings = SomeSettings.with(Map.of("manage-namespace", "false"));
    private final Recorder recorder = new Recorder();
    private final RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);

    OnePodTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theInputIsMadeOnceThereIsAPodAndForThatOneAlone() throws Exception {
        try (KubernetesSandbox sandbox = opened(recorder)) {
            sandbox.start(run, SPEC);
            recorder.await(run, Observation.Accepted.class::isInstance);
            assertThat(cluster.input(run)).isEmpty();

            cluster.hasPod(run, "a", AnsweringCluster.PENDING);

            await(() -> cluster.input(run).isPresent());
            assertThat(cluster.input(run))
                    .hasValueSatisfying(input -> assertThat(input)
                            .startsWith("artemis-job 1\npod 36\n" + AnsweringCluster.uidOf("a") + "\nrun "));

            // the cluster makes another in its place: the input stays the first one's, and the run is lost
            cluster.losesPod(run, "a");
            cluster.hasPod(run, "b", AnsweringCluster.PENDING);

            assertLost();
            assertThat(cluster.input(run))
                    .hasValueSatisfying(input -> assertThat(input)
                            .contains(AnsweringCluster.uidOf("a"))
                            .doesNotContain(AnsweringCluster.uidOf("b")));
        }
    }

    @Test
    void whoeverGoesOnAfterTheFirstPodGivesTheSecondNothing() throws Exception {
        try (KubernetesSandbox before = opened(new Recorder())) {
            before.start(run, SPEC);
            await(() -> cluster.hasJob(run));
            cluster.hasPod(run, "a", AnsweringCluster.PENDING);
            await(() -> cluster.input(run).isPresent());
        }
        // as if it died, and its pod had started: nobody emptied the input
        cluster.losesPod(run, "a");
        cluster.hasPod(run, "b", AnsweringCluster.PENDING);
        cluster.answersLogs(
                (exchange, follow) -> AnsweringCluster.send(exchange, 200, "0 refused job: for another pod\n"));
        try (KubernetesSandbox after = opened(recorder)) {
            after.follow(run, SPEC);
            recorder.await(run, Observation.Accepted.class::isInstance);
            cluster.hasPod(run, "b", AnsweringCluster.ended(64, ""));

            assertLost();
        }
    }

    @Test
    void aRunGoesOnThoughTheNextVersionWritesItsJobOtherwise() throws Exception {
        try (KubernetesSandbox before = opened(new Recorder())) {
            before.start(run, SPEC);
            await(() -> cluster.hasJob(run));
            cluster.hasPod(run, "a", AnsweringCluster.PENDING);
            await(() -> cluster.input(run).isPresent());
            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);
        }
        RunnerWords words = RunnerWords.of(cluster, run, "hello");
        cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, words.log()));

        try (KubernetesSandbox after = opened(recorder)) {
            after.follow(run, AS_ANOTHER_VERSION_WRITES_IT);

            assertThat(recorder.awaitEnd(run))
                    .isInstanceOfSatisfying(
                            Observation.Finished.class,
                            finished -> assertThat(finished.result().ending()).isEqualTo(new Ending.Exited(0)));
            assertThat(recorder.text(run, Channel.STDOUT)).isEqualTo("hello");
            assertThat(cluster.stopped()).isZero();
        }
    }

    @Test
    void anotherVersionsInputIsGivenToNoPod() throws Exception {
        try (KubernetesSandbox before = opened(new Recorder())) {
            before.start(run, SPEC);
            await(() -> cluster.hasJob(run));
        }
        HeldClock clock = new HeldClock();
        try (KubernetesSandbox after = new KubernetesSandbox(settings, cluster.clients(), clock, PodSight::untried)) {
            after.open(recorder);
            after.follow(run, AS_ANOTHER_VERSION_WRITES_IT);
            recorder.await(run, Observation.Accepted.class::isInstance);
            cluster.hasPod(run, "a", AnsweringCluster.PENDING);

            int asked = clock.asked();
            await(() -> clock.asked() > asked + 3);
            assertThat(cluster.input(run)).isEmpty();
            // it waits for its start in vain, and is tried again
            clock.passes(settings.startTimeout().plusSeconds(1));
            await(() -> cluster.stopped() > 0);
        }
    }

    /** As after "kubectl delete job --cascade=orphan". */
    @Test
    void aPodWhoseJobIsGoneIsListedAndRemoved() throws Exception {
        try (KubernetesSandbox before = opened(new Recorder())) {
            before.start(run, SPEC);
            await(() -> cluster.hasJob(run));
            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);
        }
        try (KubernetesSandbox sandbox = opened(recorder)) {
            await(() -> sandbox.list().equals(List.of(new Live(run, Live.State.RUNNING))));

            cluster.losesJobAlone(run);
            // listed now as what is nobody's
            await(() -> sandbox.list().equals(List.of(new Live(run, Live.State.RUNNING))));
            sandbox.forget(run);

            await(() -> cluster.pods().isEmpty());
            await(() -> sandbox.list().isEmpty());
        }
    }

    @Test
    void withItsJobAPodIsRemoved() throws Exception {
        try (KubernetesSandbox sandbox = opened(recorder)) {
            sandbox.start(run, SPEC);
            begins(run, "a");

            sandbox.forget(run);

            await(() -> cluster.pods().isEmpty());
            assertThat(cluster.hasJob(run)).isFalse();
            assertThat(cluster.askedToRemovePods()).isZero();
        }
    }

    /** A later one of the same name may be somebody's. */
    @Test
    void onlyTheVeryJobThatWasSeenIsRemoved() throws Exception {
        try (KubernetesSandbox sandbox = opened(recorder)) {
            sandbox.start(run, SPEC);
            begins(run, "a");
            cluster.hasJobAnew(run);

            sandbox.forget(run);

            await(() -> cluster.askedToRemove() == 1);
            assertThat(cluster.removed()).isZero();
            assertThat(cluster.hasJob(run)).isTrue();
        }
    }

    /** Whatever comes back of a create, the Job is looked for by its name: 403 is what a full quota says of a duplicate (kubernetes#106842). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            409 | jobs.batch "run-1" already exists
            403 | jobs.batch "run-1" is forbidden: exceeded quota: artemis-runs, requested: count/jobs.batch=1, used: count/jobs.batch=4
            403 | jobs.batch is forbidden: User "artemis" cannot create resource "jobs"
            408 | request timed out
            504 | the server was unable to return a response in the time allotted
            """)
    void aJobThatIsThereIsGoneOnWithWhateverItsCreateWasAnswered(int status, String words) throws Exception {
        try (KubernetesSandbox sandbox = opened(recorder)) {
            cluster.losesAnswers(new AnsweringCluster.Refusal(status, words));

            sandbox.start(run, SPEC);

            await(() -> !recorder.of(run).isEmpty());
            assertThat(recorder.of(run)).first().isInstanceOf(Observation.Accepted.class);
            assertThat(cluster.hasJob(run)).isTrue();
            assertThat(cluster.removed()).isZero();
        }
    }

    /** The second of two begins later, so by the time that its input is gone the first one's would be too. */
    @Test
    void theInputOfARunThatGoesOnIsTakenAwayAndOfOneThatEndsAtOnceGoesWithItsJob() throws Exception {
        RunRef longer = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        try (KubernetesSandbox sandbox = opened(recorder)) {
            sandbox.start(run, SPEC);
            begins(run, "a");
            RunnerWords whole = RunnerWords.of(cluster, run, "hello");
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, whole.log()));
            cluster.hasPod(run, "a", AnsweringCluster.RUNNING);
            recorder.awaitEnd(run);

            sandbox.start(longer, SPEC);
            begins(longer, "c");
            RunnerWords begun = RunnerWords.of(cluster, longer, "hello");
            cluster.answersLogs((exchange, follow) -> AnsweringCluster.send(exchange, 200, begun.begun()));
            cluster.hasPod(longer, "c", AnsweringCluster.RUNNING);

            await(() -> cluster.input(longer).filter(String::isEmpty).isPresent());
            assertThat(cluster.input(run))
                    .hasValueSatisfying(input -> assertThat(input).contains(AnsweringCluster.uidOf("a")));
        }
    }

    private void begins(RunRef one, String pod) {
        await(() -> cluster.hasJob(one));
        cluster.hasPod(one, pod, AnsweringCluster.PENDING);
        await(() -> cluster.input(one).isPresent());
    }

    private KubernetesSandbox opened(Recorder to) throws IOException {
        KubernetesSandbox sandbox =
                new KubernetesSandbox(settings, cluster.clients(), Clock.systemUTC(), PodSight::untried);
        sandbox.open(to);
        return sandbox;
    }

    private void assertLost() throws InterruptedException {
        assertThat(recorder.awaitEnd(run))
                .isInstanceOfSatisfying(
                        Observation.Lost.class, lost -> assertThat(lost.loss()).isEqualTo(Loss.NODE_LOST));
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
