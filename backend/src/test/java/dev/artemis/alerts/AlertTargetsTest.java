package dev.artemis.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.People;
import dev.artemis.access.PersonalKeys;
import dev.artemis.access.PlatformRole;
import dev.artemis.budgets.TestTeam;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.json.JsonMapper;

/** A chat's webhook is its own password: who may not change channels does not read it where their deliveries are listed. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AlertTargetsTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final String HOOK = "https://chat.example.org/services/T0/s3cret";

    private final TestTeam team;
    private final Members members;
    private final Tenants tenants;
    private final People people;
    private final PersonalKeys keys;

    AlertTargetsTest(
            MockMvcTester mvc, JsonMapper json, Members members, Tenants tenants, People people, PersonalKeys keys) {
        this.team = TestTeam.fresh(mvc, json);
        this.members = members;
        this.tenants = tenants;
        this.people = people;
        this.keys = keys;
    }

    @BeforeEach
    void anAlertIsOnItsWay() {
        String channels = "/admin/tenants/" + team.slug() + "/alert-channels";
        assertThat(team.admin().post(channels, "{\"kind\": \"email\", \"target\": \"ada@example.org\"}"))
                .hasStatus(201);
        assertThat(team.admin().post(channels, "{\"kind\": \"webhook\", \"target\": \"" + HOOK + "\"}"))
                .hasStatus(201);
        team.limit("{\"daily_limit\": \"0.04\", \"alert_thresholds\": [80]}");
        assertThat(team.post("/calls", """
                        {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""")).hasStatus(201);
    }

    @Test
    void anOwnerReadsWhereAlertsGo() {
        assertThat(targets(member(Role.OWNER))).containsExactlyInAnyOrder("ada@example.org", HOOK);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "OWNER")
    void othersReadTheHostAlone(Role role) {
        assertThat(targets(member(role))).containsExactlyInAnyOrder("…@example.org", "https://chat.example.org/…");
    }

    @Test
    void thePlatformsFinanceReadsTheHostAlone() {
        UserId person = person();
        people.put(new Caller.Admin(null, "test"), person, new People.Standing(PlatformRole.FINANCE, false));

        assertThat(targets(person)).containsExactlyInAnyOrder("…@example.org", "https://chat.example.org/…");
    }

    private UserId member(Role role) {
        UserId person = person();
        members.put(TEST, tenants.named(new Slug(team.slug())).id(), person, role);
        return person;
    }

    private UserId person() {
        return members.person(TEST, "p-" + UUID.randomUUID() + "@example.org");
    }

    private List<String> targets(UserId reader) {
        String key = keys.create(TEST, reader, "laptop", null).secret();
        var program = new TestTeam(team.mvc(), team.json(), team.slug(), key, "");
        List<String> targets = new ArrayList<>();
        team.json(program.get("/admin/tenants/" + team.slug() + "/alert-deliveries"))
                .get("items")
                .forEach(item -> targets.add(item.get("target").asString()));
        return targets;
    }
}
