package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.shared.Language;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an upgrade leaves is taken away once nobody needs it, and no sooner. */
class OldRunnersTest {

    private static final String OLD = "artemis-runner-0123456789abcdef";

    private final KubernetesSettings settings = SomeSettings.defaults();
    private final RunnerConfigMap ours = RunnerConfigMap.built();
    private final AnsweringCluster cluster = new AnsweringCluster();
    private final ClusterCalls calls = new ClusterCalls(cluster.clients(), settings);
    private final OldRunners old = new OldRunners(calls, cluster.clients().calls(), ours);
    private final RunRef run = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);

    OldRunnersTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void oneThatNobodyMountsGoesAtTheSecondLookAndOursStays() {
        cluster.hasRunner(OLD, "u-1");
        cluster.hasRunner(ours.name(), "u-2");

        old.sweep();
        assertThat(cluster.runners()).containsExactlyInAnyOrder(OLD, ours.name());

        old.sweep();
        assertThat(cluster.runners()).containsExactly(ours.name());
    }

    @Test
    void oneThatAJobMountsStaysUntilTheJobIsGone() {
        cluster.hasRunner(OLD, "u-1");
        calls.createJob(RunObjects.of(
                        settings,
                        new Cluster(33, OLD, "amd64", false),
                        run,
                        SandboxSpec.of(Language.PYTHON, "print()"),
                        Nonce.random())
                .job());

        old.sweep();
        old.sweep();
        assertThat(cluster.runners()).containsExactly(OLD);

        calls.deleteJob(run, "uid");
        old.sweep();
        assertThat(cluster.runners()).as("unmounted at one look only").containsExactly(OLD);
        old.sweep();
        assertThat(cluster.runners()).isEmpty();
    }

    @Test
    void oneThatSomebodyMadeAnewMeanwhileIsAnother() {
        cluster.hasRunner(OLD, "u-1");
        old.sweep();
        cluster.hasRunner(OLD, "u-2");

        old.sweep();

        assertThat(cluster.runners()).containsExactly(OLD);
    }

    /** Made anew between the look and the delete. */
    @Test
    void onlyTheVeryOneThatWasSeenIsDeleted() {
        cluster.hasRunner(OLD, "u-1");
        old.sweep();
        cluster.onceRunnersAreListed(() -> cluster.hasRunner(OLD, "u-2"));

        old.sweep();

        assertThat(cluster.runners()).containsExactly(OLD);
    }
}
