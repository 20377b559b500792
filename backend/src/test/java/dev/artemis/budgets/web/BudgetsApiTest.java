package dev.artemis.budgets.web;

import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PersonalKeys;
import dev.artemis.access.web.RestClient;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the budgets' page tells, told to programs: at every level what it is, what another would have meant, who set it before. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class BudgetsApiTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final JsonMapper json = new JsonMapper();
    private final RestClient admin;
    private final History past;
    private final Tenants tenants;
    private final Projects projects;
    private final Members members;
    private final PersonalKeys personalKeys;
    private final Clock clock;
    private String team = "";
    private String key = "";

    BudgetsApiTest(
            MockMvcTester mvc,
            History past,
            Tenants tenants,
            Projects projects,
            Members members,
            PersonalKeys personalKeys,
            Clock clock) {
        this.admin = RestClient.admin(mvc);
        this.past = past;
        this.tenants = tenants;
        this.projects = projects;
        this.members = members;
        this.personalKeys = personalKeys;
        this.clock = clock;
    }

    @BeforeEach
    void aTeamWithAKey() {
        team = "admin/tenants/" + admin.newTeam();
        key = expect(201, admin.post(team + "/projects/web/keys", """
            {"name": "ci", "scopes": ["calls:write"]}"""))
                .get("id")
                .asString();
    }

    @Test
    void tellsAtEveryLevelWhatLimitsWouldHaveDoneToTheMonthBefore() {
        YearMonth month = YearMonth.from(clock.instant().atZone(BERLIN)).minusMonths(1);
        tenCallsLastMonth(month);

        for (String level : levels()) {
            // ten calls of $0.0325 on one day: three fit into $0.10
            JsonNode daily = expect(200, admin.get(level + "/preview?daily_limit=0.10"));
            JsonNode monthly = expect(200, admin.get(level + "/preview?monthly_limit=0.325"));

            assertThat(daily).as(level).isEqualTo(json.readTree("""
                {"month": "%s", "charged": 10, "refused": 7, "refused_cost": "0.2275", "days": 1}""".formatted(month)));
            assertThat(monthly.get("refused").asInt()).as(level).isZero();
        }
        assertThat(expect(200, admin.get(team + "/budget")).get("daily_limit").isNull())
                .as("nothing was set")
                .isTrue();
    }

    @Test
    void remembersAtEveryLevelWhoSetWhat() {
        for (String level : levels()) {
            expect(200, admin.send(HttpMethod.PUT, level, "{\"daily_limit\": \"5\", \"alert_thresholds\": [50]}"));
            JsonNode set = expect(200, admin.send(HttpMethod.PUT, level, "{\"monthly_limit\": \"7.5\"}"));

            assertThat(set.get("monthly_limit").asString()).isEqualTo("7.5");
            assertThat(set.get("windows").size()).isEqualTo(2);
            assertThat(expect(200, admin.get(level))).isEqualTo(set);
            JsonNode changes = expect(200, admin.get(level + "/history")).get("items");
            assertThat(changes.size()).as(level).isEqualTo(2);
            assertThat(changes.at("/0/after/monthly_limit").asString()).isEqualTo("7.5");
            assertThat(changes.at("/0/before/daily_limit").asString()).isEqualTo("5");
            assertThat(changes.at("/0/before/alert_thresholds/0").asInt()).isEqualTo(50);
            assertThat(changes.at("/0/actor").asString()).isNotBlank();
            assertThat(changes.at("/1/before/daily_limit").isNull()).isTrue();
        }
    }

    @Test
    void aKeysBudgetHoldsForItsCallsAtOnce() {
        String keys = team + "/projects/web/keys";
        JsonNode made = expect(201, admin.post(keys, "{\"name\": \"agent\", \"scopes\": [\"calls:write\"]}"));
        RestClient program = admin.with(made.get("key").asString());
        String call = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";
        expect(201, program.post("calls", call));

        expect(200, admin.send(HttpMethod.PUT, keys + "/" + made.get("id").asString() + "/budget", """
            {"daily_limit": "0.04"}"""));

        assertThat(expect(402, program.post("calls", call)).get("scope").asString())
                .isEqualTo("key");
    }

    @ParameterizedTest
    @CsvSource({
        "preview?daily_limit=much,  400, invalid-request",
        "preview?daily_limit=-1,    422, not-allowed",
        "preview?monthly_limit=1000000000001, 422, not-allowed"
    })
    void refusesWhatCanBeNoLimit(String question, int status, String code) {
        for (String level : levels()) {
            assertThat(code(status, admin.get(level + "/" + question)))
                    .as(level)
                    .isEqualTo(code);
        }
    }

    @Test
    void ownersAskForProjectsAndKeysAndDevelopersDoNot() {
        RestClient owner = member(Role.OWNER);
        RestClient developer = member(Role.DEVELOPER);

        assertThat(code(403, owner.get(team + "/budget/preview"))).isEqualTo("missing-scope");
        expect(200, owner.get(team + "/projects/web/budget/preview"));
        expect(200, owner.get(team + "/projects/web/keys/" + key + "/budget/preview"));
        assertThat(code(403, developer.get(team + "/projects/web/budget/preview")))
                .isEqualTo("missing-role");
        expect(200, developer.get(team + "/projects/web/budget/history"));
        assertThat(code(403, developer.send(HttpMethod.PUT, team + "/projects/web/keys/" + key + "/budget", "{}")))
                .isEqualTo("missing-role");
    }

    @Test
    void aKeyOfAnotherProjectHasNoBudgetHere() {
        expect(201, admin.post(team + "/projects", "{\"slug\": \"other\", \"name\": \"Other\"}"));
        String elsewhere = team + "/projects/other/keys/" + key + "/budget";

        assertThat(code(404, admin.get(elsewhere))).isEqualTo("not-found");
        assertThat(code(404, admin.send(HttpMethod.PUT, elsewhere, "{\"daily_limit\": \"1\"}")))
                .isEqualTo("not-found");
        assertThat(code(404, admin.get(elsewhere + "/preview"))).isEqualTo("not-found");
        assertThat(code(404, admin.get(elsewhere + "/history"))).isEqualTo("not-found");
        assertThat(code(404, admin.get(team + "/projects/web/keys/none/budget")))
                .isEqualTo("not-found");
    }

    private String[] levels() {
        return new String[] {
            team + "/budget", team + "/projects/web/budget", team + "/projects/web/keys/" + key + "/budget"
        };
    }

    private void tenCallsLastMonth(YearMonth month) {
        TenantId tenant = tenants.named(slug()).id();
        ProjectId project = projects.named(tenant, new Slug("web")).id();
        var caller = new Caller.ForProject(tenant, project, KeyId.parse(key), null, Set.of(), "ci");
        past.record(
                caller,
                month.atDay(3).atTime(12, 0).atZone(BERLIN).toInstant(),
                Collections.nCopies(
                        10,
                        new CallSpending(
                                ModelRef.of("gpt-4o"),
                                new Usage(5_000, 0, 0, 0, 2_000),
                                ServiceTier.STANDARD,
                                new CallLabels("development", null, null),
                                null,
                                CallSpending.Mode.RECORD)));
    }

    private RestClient member(Role role) {
        UserId person = members.person(PLATFORM, UUID.randomUUID() + "@example.org");
        members.put(PLATFORM, tenants.named(slug()).id(), person, role);
        return admin.with(personalKeys.create(PLATFORM, person, "laptop", null).secret());
    }

    private Slug slug() {
        return new Slug(team.substring("admin/tenants/".length()));
    }
}
