package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What a trial found, or what keeps it from being tried, is told where people look: in the start-up check, and once in the log. */
@ExtendWith(OutputCaptureExtension.class)
class PodTrialsTest {

    private final KubernetesSettings settings = SomeSettings.defaults();

    @Test
    void theCheckSaysWhatATrialFoundOnceItEnded(CapturedOutput log) throws Exception {
        try (AnsweringCluster cluster = new AnsweringCluster();
                PodTrials trials = new PodTrials(settings, cluster.clients())) {
            NetworkCheck check = new NetworkCheck(settings, trials);
            assertThat(check.findings())
                    .extracting(Finding::detail)
                    .containsExactly("whether NetworkPolicies are enforced is being tried");

            trials.open();

            // this cluster answers for a policy that holds nobody
            TestCluster.until(
                    () -> check.findings().getFirst().detail().startsWith("nothing shuts the network of runs: "));
            TestCluster.until(() -> log.getOut()
                    .contains("network of runs: nothing shuts the network of runs: the NetworkPolicy deny-all"));
        }
    }

    @Test
    void saysWhatKeepsItFromBeingTriedAndNotAtEachTry(CapturedOutput log) throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            PodTrials trials = new PodTrials(settings, cluster.clients());
            NetworkSight away = new NetworkSight.Unknown("the cluster does not answer");

            trials.say(away);
            trials.say(away);
            assertThat(log.getOut())
                    .containsOnlyOnce(
                            "network of runs: whether NetworkPolicies are enforced could not be tried: the cluster does not answer. Mend that");

            trials.say(new NetworkSight.Closed());
            assertThat(log.getOut()).containsOnlyOnce("network of runs: NetworkPolicies are enforced");
            trials.say(away);
            assertThat(log.getOut().split("could not be tried", -1))
                    .as("again, after it was well")
                    .hasSize(3);
        }
    }
}
