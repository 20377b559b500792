package dev.artemis.runs.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PersonalKeys;
import dev.artemis.access.web.RestClient;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RunQuotaApiTest {

    private static final Caller PLATFORM = new Caller.Platform("test");

    private final RestClient admin;
    private final Tenants tenants;
    private final Members members;
    private final PersonalKeys personalKeys;

    RunQuotaApiTest(MockMvcTester mvc, Tenants tenants, Members members, PersonalKeys personalKeys) {
        this.admin = RestClient.admin(mvc);
        this.tenants = tenants;
        this.members = members;
        this.personalKeys = personalKeys;
    }

    @Test
    void aTeamsShareIsSetByThePlatformAndReadByItsOwner() {
        String path = "admin/tenants/" + admin.newTeam() + "/run-quota";
        RestClient owner = ownerOf(path.split("/")[2]);

        JsonNode set = RestClient.expect(200, admin.send(HttpMethod.PUT, path, """
            {"weight": 300, "max_running_runs": 4, "max_memory_mb": 2048}"""));

        assertThat(set.get("weight").asInt()).isEqualTo(300);
        assertThat(RestClient.expect(200, owner.get(path))).isEqualTo(set);
        assertThat(set.get("max_memory_mb").asInt()).isEqualTo(2048);
        assertThat(RestClient.code(403, owner.send(HttpMethod.PUT, path, "{\"weight\": 10000}")))
                .isEqualTo("missing-scope");
        assertThat(RestClient.expect(422, admin.send(HttpMethod.PUT, path, "{\"max_queued_runs\": -1}"))
                        .at("/errors/0/field")
                        .asString())
                .isEqualTo("max_queued_runs");
        assertThat(RestClient.expect(200, admin.get(path))).isEqualTo(set);
    }

    @Test
    void aProjectsShareIsSetByItsTeamsOwner() {
        String team = admin.newTeam();
        String path = "admin/tenants/" + team + "/projects/web/run-quota";
        RestClient owner = ownerOf(team);

        JsonNode set = RestClient.expect(200, owner.send(HttpMethod.PUT, path, "{\"max_cpu_millicores\": 1500}"));

        assertThat(set.get("max_cpu_millicores").asInt()).isEqualTo(1500);
        assertThat(RestClient.expect(200, owner.get(path))).isEqualTo(set);
    }

    private RestClient ownerOf(String team) {
        UserId person = members.person(PLATFORM, UUID.randomUUID() + "@example.org");
        members.put(PLATFORM, tenants.named(new Slug(team)).id(), person, Role.OWNER);
        return admin.with(personalKeys.create(PLATFORM, person, "laptop", null).secret());
    }
}
