package dev.artemis.supervisor.web;

import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** An administrator's program has the configuration checked again, as the health page does. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class StartupCheckApiTest {

    private final RestClient admin;

    StartupCheckApiTest(MockMvcTester mvc) {
        this.admin = RestClient.admin(mvc);
    }

    @Test
    void checksAgainAndRemembersIt() {
        JsonNode before = expect(200, admin.get("admin/startup-check"));

        JsonNode again = expect(200, admin.post("admin/startup-check", ""));

        assertThat(again.get("findings")
                        .valueStream()
                        .map(finding -> finding.get("subject").asString()))
                .contains("java", "home folder", "database");
        assertThat(again.get("failed").asInt()
                        + again.get("warned").asInt()
                        + again.get("passed").asInt())
                .isEqualTo(again.get("findings").size());
        assertThat(Instant.parse(again.get("at").asString()))
                .isAfter(Instant.parse(before.get("at").asString()));
        assertThat(expect(200, admin.get("admin/startup-check"))).isEqualTo(again);
    }
}
