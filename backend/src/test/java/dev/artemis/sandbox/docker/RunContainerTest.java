package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.runner.Nonce;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RunContainerTest {

    private static final ContainerLabels LABELS = new ContainerLabels(
            new RunRef(new UUID(0, 1), new UUID(0, 2), 1, 7), Nonce.random(), Most.of(Limits.DEFAULTS));

    @Test
    void leavesNothingToTheEnginesDefaultsThatTheRunnerNeeds() {
        var settings = new DockerSettings(Path.of("/x"), "image", Map.of(), "owner", "", Duration.ofSeconds(30));
        var facts = new EngineFacts("27", 2, true, true, true, true, true, false);

        var host = (Map<?, ?>) new RunContainer(settings, facts, LABELS, Limits.DEFAULTS, 100)
                .of("image")
                .get("HostConfig");

        assertThat(host).isNotNull();
        assertThat(host.get("LogConfig"))
                .as("a log that is rotated loses the final record")
                .isEqualTo(Map.of("Type", "json-file", "Config", Map.of("max-size", "1000g")));
        assertThat(host.get("Init")).as("the runner has to be process 1").isEqualTo(false);
    }

    @Test
    void labelsTellAllThatTheyWereGiven() {
        var json = JsonMapper.builder().build();

        assertThat(ContainerLabels.read(json.valueToTree(LABELS.of("owner")))).hasValueSatisfying(read -> {
            assertThat(read.run()).isEqualTo(LABELS.run());
            assertThat(read.most()).isEqualTo(LABELS.most());
        });
    }

    @Test
    void whatNobodyCountedIsTheMostThatItCanHaveBeen() {
        var most = new Most(Duration.ofSeconds(100), Duration.ofSeconds(60), 2_000, 1 << 20);

        assertThat(most.cpuTimeWithin(Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(20));
        assertThat(most.cpuTimeWithin(Duration.ofSeconds(50))).isEqualTo(Duration.ofSeconds(60));
        assertThat(most.cpuTimeWithin(Duration.ofHours(5))).isEqualTo(Duration.ofSeconds(60));
        assertThat(most.cpuTimeWithin(Duration.ZERO)).isZero();
    }
}
