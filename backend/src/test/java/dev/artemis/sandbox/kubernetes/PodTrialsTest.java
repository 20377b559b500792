package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.artemis.configuration.Finding;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a trial found, or what keeps it from being tried, is told where people look: in the start-up check, and once in the log. */
class PodTrialsTest {

    private final KubernetesSettings settings = SomeSettings.defaults();
    private final Logger logger = (Logger) LoggerFactory.getLogger(PodTrials.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        // whichever tests came before
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void theCheckSaysWhatATrialFoundOnceItEnded() throws Exception {
        try (AnsweringCluster cluster = new AnsweringCluster();
                PodTrials trials = new PodTrials(settings, cluster.clients())) {
            NetworkCheck check = new NetworkCheck(settings, trials);
            assertThat(check.findings())
                    .extracting(Finding::detail)
                    .containsExactly("whether NetworkPolicies are enforced is being tried");

            trials.open();

            // this cluster answers for a policy that holds nobody
            String found = "nothing shuts the network of runs: the NetworkPolicy deny-all";
            TestCluster.until(() -> check.findings().getFirst().detail().startsWith(found));
            TestCluster.until(
                    () -> said().stream().anyMatch(line -> line.startsWith("WARN network of runs: " + found)));
        }
    }

    @Test
    void saysWhatKeepsItFromBeingTriedAndNotAtEachTry() throws IOException {
        try (AnsweringCluster cluster = new AnsweringCluster()) {
            PodTrials trials = new PodTrials(settings, cluster.clients());
            NetworkSight away = new NetworkSight.Unknown("the cluster does not answer");

            trials.say(away);
            trials.say(away);
            assertThat(said())
                    .singleElement()
                    .asString()
                    .startsWith("WARN network of runs: whether NetworkPolicies are enforced could not be tried:"
                            + " the cluster does not answer. Mend that");

            trials.say(new NetworkSight.Closed());
            trials.say(away);
            assertThat(said())
                    .hasSize(3)
                    .element(1)
                    .asString()
                    .startsWith("INFO network of runs: NetworkPolicies are enforced");
        }
    }

    private List<String> said() {
        return log.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
