package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What a worker in front of a cluster is made of. */
class KubernetesConfigurationTest {

    private final AnsweringCluster cluster = new AnsweringCluster();

    @TempDir
    Path folder;

    KubernetesConfigurationTest() throws IOException {}

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aWorkerTriesPodsFromItsStartOnAndItsIsolationAndItsCheckSayWhatCameOfIt() throws IOException {
        worker("artemis.sandbox.kubernetes.namespace=artemis-runs").run(context -> {
            Sandbox sandbox = context.getBean(Sandbox.class);
            StartupCheck check = context.getBean(StartupCheck.class);
            PodTrials trials = context.getBean(PodTrials.class);
            sandbox.open((run, observation) -> {});
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (trials.get().network() instanceof NetworkSight.Untried) {
                assertThat(System.nanoTime()).as("nobody tries").isLessThan(until);
                Thread.onSpinWait();
            }

            // this cluster answers for a policy that holds nobody
            assertThat(sandbox.isolation().lacks())
                    .anyMatch(lack -> lack.startsWith("network: nothing shuts it: the NetworkPolicy deny-all"));
            assertThat(check.findings())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.verdict()).isEqualTo(Finding.Verdict.WARN))
                    .extracting(Finding::detail)
                    .asString()
                    .contains("nothing shuts the network of runs: the NetworkPolicy deny-all");
        });
    }

    /** It was tried before anything was started, and a start that it would not survive has ended. */
    @Test
    void whereTheStartDependsOnItNobodySaysThatItIsBeingTried() throws IOException {
        worker("artemis.sandbox.kubernetes.require-network-policy=true")
                .run(context -> assertThat(context.getBean(StartupCheck.class).findings())
                        .noneMatch(finding -> finding.detail().contains("is being tried")));
    }

    private ApplicationContextRunner worker(String setting) throws IOException {
        Path kubeconfig = TestKubeconfig.write(folder.resolve("kubeconfig"), cluster.port());
        return new ApplicationContextRunner()
                .withUserConfiguration(KubernetesConfiguration.class)
                .withBean(Clock.class, Clock::systemUTC)
                .withPropertyValues(
                        "artemis.sandbox.kind=kubernetes",
                        "artemis.sandbox.kubernetes.namespace-per-tenant=false",
                        "artemis.sandbox.kubernetes.manage-namespace=false",
                        "artemis.sandbox.kubernetes.kubeconfig=" + kubeconfig,
                        setting);
    }
}
