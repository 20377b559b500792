package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Teams.Team;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A developer's program submits code, by the API alone; it runs in this machine's own sandbox. */
@ExtendWith(SharedInstance.class)
class RunJourneyTest {

    private final Team team;

    RunJourneyTest(Instance instance) {
        this.team = Teams.create(instance);
    }

    @Test
    void runsPython() {
        JsonNode run = Runs.await(team.api(), Runs.PRINT_HELLO);

        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("success").asBoolean()).isTrue();
        assertThat(run.get("stdout").asString()).isEqualTo("hello\n");
        assertThat(run.get("stderr").asString()).isEmpty();
        assertThat(run.get("exit_code").asInt()).isZero();
        assertThat(run.get("killed").asBoolean()).isFalse();
        assertThat(run.get("backend").asString()).isEqualTo("local");
    }

    @Test
    void saysHowAProgramFailed() {
        JsonNode run = Runs.await(team.api(), """
                {"language": "python", "code": "import sys\\nprint('sorry', file=sys.stderr)\\nsys.exit(3)"}""");

        assertThat(run.get("status").asString()).isEqualTo("FAILED");
        assertThat(run.get("exit_code").asInt()).isEqualTo(3);
        assertThat(run.get("stderr").asString()).isEqualTo("sorry\n");
        assertThat(run.get("killed").asBoolean()).isFalse();
    }

    @Test
    void killsAProgramThatNeverEnds() {
        JsonNode run = Runs.await(team.api(), """
                {"language": "python", "code": "while True: pass", "limits": {"timeout_seconds": 2}}""");

        assertThat(run.get("status").asString()).isEqualTo("KILLED");
        assertThat(run.get("killed").asBoolean()).isTrue();
        assertThat(run.get("kill_reason").asString()).isEqualTo("WALL_TIMEOUT");
        assertThat(run.get("exit_code").isNull()).isTrue();
    }

    @Test
    void keepsTheServersSecretsFromTheCode() {
        JsonNode run = Runs.await(team.api(), """
                {"language": "python", "scan": true, "code": "print(open('/proc/self/environ').read())\\ntry: print(open('/proc/1/environ').read())\\nexcept PermissionError: print('closed')"}""");

        assertThat(run.get("status").asString()).isEqualTo("SUCCEEDED");
        assertThat(run.get("stdout").asString())
                .contains("PATH=", "closed")
                .doesNotContain(Instance.ADMIN_KEY, Instance.ADMIN_PASSWORD);
    }

    @Test
    void chargesTheComputingToTheTeam() {
        JsonNode run = Runs.await(team.api(), Runs.PRINT_HELLO);

        JsonNode items = team.api()
                .get("costs?group_by=provider,model")
                .expect(200)
                .json()
                .get("items");
        assertThat(items.valueStream()).anySatisfy(item -> {
            assertThat(item.get("provider").asString()).isEqualTo("artemis");
            assertThat(item.get("model").asString()).isEqualTo("sandbox");
        });
        assertThat(run.get("cost").isNull()).isFalse();
    }
}
