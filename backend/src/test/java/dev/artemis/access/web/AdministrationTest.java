package dev.artemis.access.web;

import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdministrationTest {

    private final RestClient admin;
    private final MockMvcTester mvc;
    private final Users users;

    AdministrationTest(MockMvcTester mvc, Users users) {
        this.users = users;
        this.mvc = mvc;
        this.admin = RestClient.admin(mvc);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearer art_nobody",
                "Bearer 00000000000000000000000000000000000000000",
                "Basic YWRtaW46YWRtaW4="
            })
    void refusesAStranger(String authorization) {
        MvcTestResult refused = mvc.get()
                .uri("/api/v1/admin/tenants")
                .header("Authorization", authorization)
                .exchange();

        assertThat(code(401, refused)).isEqualTo("unauthenticated");
        assertThat(refused).hasHeader("WWW-Authenticate", "Bearer realm=\"artemis\"");
    }

    @Test
    void aPersonIsGivenAPasswordByTheRulesOfThePage() {
        String team = admin.newTeam();
        String email = "person-" + team + "@example.org";
        String id = expect(201, admin.post("admin/tenants/" + team + "/members", """
            {"email": "%s", "role": "VIEWER"}""".formatted(email)))
                .get("id")
                .asString();
        String person = "admin/people/" + id + "/password";

        expect(204, admin.send(HttpMethod.PUT, person, "{\"password\": \"a very good password\"}"));

        // who names the current one may change it
        users.changePassword(
                new SignedIn(UUID.fromString(id), email, null), "a very good password", "another good password");
        for (String bad : List.of("short", "password1234", "aaaaaaaaaaaaaaaa")) {
            MvcTestResult refused = admin.send(HttpMethod.PUT, person, "{\"password\": \"" + bad + "\"}");
            assertThat(code(422, refused)).isEqualTo("not-allowed");
            assertThat(RestClient.body(refused)).contains("\"password\"").doesNotContain(bad);
        }
        assertThat(code(422, admin.send(HttpMethod.PUT, person, "{}"))).isEqualTo("not-allowed");
        assertThat(code(
                        404,
                        admin.send(
                                HttpMethod.PUT,
                                "admin/people/nobody/password",
                                "{\"password\": \"a very good password\"}")))
                .isEqualTo("not-found");
    }

    @Test
    void makesListsAndChangesATeam() {
        String team = admin.newTeam();

        JsonNode made = expect(200, admin.get("admin/tenants/" + team));
        JsonNode changed = expect(200, admin.patch("admin/tenants/" + team, """
            {"name": "Acme Ltd", "suspended": true, "compute_rates": {"cpu_second": "0.5"}}\
            """));

        assertThat(made.get("time_zone").asString()).isEqualTo("Europe/Berlin");
        assertThat(made.get("suspended").asBoolean()).isFalse();
        assertThat(changed.get("name").asString()).isEqualTo("Acme Ltd");
        assertThat(changed.get("suspended").asBoolean()).isTrue();
        assertThat(changed.get("compute_rates").get("cpu_second").asString()).isEqualTo("0.5");
        assertThat(changed.get("compute_rates").get("gib_second").asString()).isEqualTo("0.0000015");
        assertThat(expect(200, admin.get("admin/tenants"))
                        .get("items")
                        .valueStream()
                        .map(each -> each.get("slug").asString()))
                .contains(team)
                .isSorted();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"scan_policy\": {\"block\": [\"HIGH\"], \"allow\": []}} | 422",
                "{\"scan_policy\": {\"block\": [null], \"allow\": []}}     | 400",
                "{\"default_limits\": {\"cpu\": null}}                     | 400",
                "{\"default_limits\": {\"cpus\": 1}}                       | 422",
                "{\"maximum_limits\": {\"memory_mb\": -1}}                 | 422",
                "{\"maximum_limits\": {\"memory_mb\": 1}}                  | 422",
                "{\"maximum_limits\": {\"memory_mb\": 64.5}}               | 422",
                "{\"maximum_limits\": {\"cpu\": 17}}                       | 422",
                "{\"maximum_limits\": {\"cpu\": \"1\"}}                     | 400",
                "{\"default_limits\": {\"cpu\": 0.0005}}                   | 422",
                "{\"default_limits\": {\"cpu\": 0.0505050505}}             | 422",
                "{\"default_limits\": {\"cpu\": 1e999999999}}              | 422",
                "{\"scan_policy\": {\"allow\": [\"py-evil\"]}}              | 422",
                "{\"name\": \"a\\u0000b\"}                               | 422"
            })
    void refusesSettingsOfAProjectThatNoRunCouldUse(String body, int status) {
        String team = admin.newTeam();
        expect(201, admin.post("admin/tenants/" + team + "/projects", "{\"slug\": \"shop\", \"name\": \"Shop\"}"));

        assertThat(admin.patch("admin/tenants/" + team + "/projects/shop", body))
                .hasStatus(status);
    }

    @Test
    void aProjectsLimitsTakeFractionsAndNameWhatIsOutOfRange() {
        String project = "admin/tenants/" + admin.newTeam() + "/projects/web";

        JsonNode changed = expect(
                200,
                admin.patch(
                        project,
                        "{\"maximum_limits\": {\"cpu\": 0.50, \"memory_mb\": 1e3}, \"default_limits\": {\"cpu_seconds\": 0.25}}"));
        assertThat(changed.get("maximum_limits").toString()).contains("\"cpu\":0.5", "\"memory_mb\":1000");
        assertThat(changed.get("default_limits").toString()).isEqualTo("{\"cpu_seconds\":0.25}");
        assertThat(expect(200, admin.get(project))).isEqualTo(changed);

        JsonNode refused = expect(422, admin.patch(project, "{\"default_limits\": {\"memory_mb\": 1}}"));
        assertThat(refused.get("errors").get(0).get("field").asString()).isEqualTo("default_limits.memory_mb");
        assertThat(refused.get("errors").get(0).get("message").asString()).contains("16 and 8192");
        assertThat(expect(200, admin.get(project))).isEqualTo(changed);
    }

    @Test
    void aTeamThatIsToBeDeletedIsSuspendedAndCanBeRestored() {
        String team = admin.newTeam();

        expect(204, admin.delete("admin/tenants/" + team));
        JsonNode asked = expect(200, admin.get("admin/tenants/" + team));
        expect(204, admin.delete("admin/tenants/" + team));
        JsonNode again = expect(200, admin.get("admin/tenants/" + team));
        JsonNode restored = expect(200, admin.patch("admin/tenants/" + team, "{\"suspended\": false}"));

        assertThat(asked.get("suspended").asBoolean()).isTrue();
        assertThat(asked.get("deletion_requested_at").isNull()).isFalse();
        assertThat(again).isEqualTo(asked);
        assertThat(restored.get("deletion_requested_at").isNull()).isTrue();
        assertThat(code(404, admin.delete("admin/tenants/no-such-team"))).isEqualTo("not-found");
    }

    @Test
    void aNewTimeZoneBeginsWithTheNextDay() {
        String team = admin.newTeam();

        JsonNode changed = expect(200, admin.patch("admin/tenants/" + team, """
            {"time_zone": "Asia/Tokyo"}\
            """));

        assertThat(changed.get("time_zone").asString()).isEqualTo("Europe/Berlin");
    }

    @Test
    void makesListsAndChangesAProject() {
        String team = admin.newTeam();

        JsonNode changed = expect(200, admin.patch("admin/tenants/" + team + "/projects/web", """
            {"name": "Shop", "allow_unscanned": true, "scan_policy": {"block": ["high", "medium"]},
             "default_limits": {"memory_mb": 256}, "maximum_limits": {"memory_mb": 1024}, "max_running_runs": 3}\
            """));
        JsonNode listed = expect(200, admin.get("admin/tenants/" + team + "/projects"))
                .get("items")
                .get(0);

        assertThat(listed).isEqualTo(changed);
        assertThat(listed.get("name").asString()).isEqualTo("Shop");
        assertThat(listed.get("scan_policy").get("block").size()).isEqualTo(2);
        assertThat(listed.get("maximum_limits").get("memory_mb").asInt()).isEqualTo(1024);
        assertThat(listed.get("max_running_runs").asInt()).isEqualTo(3);
    }

    @Test
    void howManyRunsAtOnceIsLeftToThePlatformAgainByNullAndStaysWhereItIsLeftOut() {
        String project = "admin/tenants/" + admin.newTeam() + "/projects/web";

        assertThat(expect(200, admin.patch(project, "{\"max_running_runs\": 3}"))
                        .get("max_running_runs")
                        .asInt())
                .isEqualTo(3);
        assertThat(expect(200, admin.patch(project, "{\"name\": \"Shop\"}"))
                        .get("max_running_runs")
                        .asInt())
                .isEqualTo(3);
        assertThat(expect(200, admin.patch(project, "{\"max_running_runs\": null}"))
                        .get("max_running_runs")
                        .isNull())
                .isTrue();
        expect(400, admin.patch(project, "{\"max_running_runs\": \"three\"}"));
        expect(400, admin.patch(project, "{\"max_running_runs\": 2.5}"));
        expect(422, admin.patch(project, "{\"max_running_runs\": -1}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"slug": "Upper", "name": "x", "time_zone": "UTC"}        | 422 | slug
        {"slug": "ok-1", "name": " ", "time_zone": "UTC"}         | 422 | name
        {"slug": "ok-2", "name": "x", "time_zone": "Mars/Base"}   | 422 | time_zone
        {"slug": "ok-3", "name": "x"}                             | 422 | time_zone
        {"name": "x", "time_zone": "UTC"}                         | 422 | slug
        {"slug": "ok-4", "name": "x", "time_zone": "UTC", "a": 1} | 400 | a
        {"slug": "a", "slug": "b", "name": "x"}                   | 400 | body
        {"slug": 7, "name": "x", "time_zone": "UTC"}              | 400 | slug
        {"slug": "ok-5", "name": ["x"], "time_zone": "UTC"}       | 400 | name
        {"slug":                                                  | 400 | body
        []                                                        | 400 | body\
        """)
    void namesWhatIsWrongWithANewTeam(String body, int status, String field) {
        JsonNode problem = expect(status, admin.post("admin/tenants", body));

        assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(field);
        assertThat(problem.get("code").asString()).isEqualTo(status == 400 ? "invalid-request" : "not-allowed");
    }

    @Test
    void aSlugBelongsToOneTeamAndOneProject() {
        String team = admin.newTeam();

        assertThat(code(409, admin.post("admin/tenants", """
            {"slug": "%s", "name": "Again", "time_zone": "UTC"}\
            """.formatted(team)))).isEqualTo("slug-taken");
        assertThat(code(409, admin.retrying("taken-" + team).post("admin/tenants/" + team + "/projects", """
            {"slug": "web", "name": "Again"}\
            """)))
                .isEqualTo("slug-taken");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, admin/tenants/no-such-team, 404, not-found",
        "GET, admin/tenants/NO_SLUG, 404, not-found",
        "GET, admin/tenants/no-such-team/projects, 404, not-found",
        "GET, nothing, 404, not-found",
        "GET, admin/nothing/at/all, 404, not-found",
        "PUT, admin/tenants, 405, method-not-allowed",
        "DELETE, admin/audit, 405, method-not-allowed"
    })
    void answersEveryWrongAddressWithAProblem(String method, String path, int status, String code) {
        assertThat(code(status, admin.send(HttpMethod.valueOf(method), path, null)))
                .isEqualTo(code);
    }

    @Test
    void takesNothingButJson() {
        MvcTestResult refused = mvc.post()
                .uri("/api/v1/admin/tenants")
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .contentType(MediaType.APPLICATION_XML)
                .content("<tenant/>")
                .exchange();

        assertThat(code(415, refused)).isEqualTo("unsupported-media-type");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertThat(code(413, admin.post("admin/tenants", " ".repeat(16 * 1024 * 1024 + 1))))
                .isEqualTo("body-too-large");
    }

    @Test
    void aTeamKeepsAnOwner() {
        String team = admin.newTeam();
        String members = "admin/tenants/" + team + "/members";
        String owner = expect(201, admin.post(members, member("ann@" + team, "OWNER")))
                .get("id")
                .asString();

        assertThat(code(409, admin.delete(members + "/" + owner))).isEqualTo("last-owner");
        assertThat(code(409, admin.post(members, member("ann@" + team, "VIEWER"))))
                .isEqualTo("last-owner");
        expect(201, admin.post(members, member("bob@" + team, "OWNER")));
        expect(204, admin.delete(members + "/" + owner));
        assertThat(expect(200, admin.get(members))
                        .get("items")
                        .valueStream()
                        .map(each -> each.get("email").asString()))
                .containsExactly("bob@" + team);
        assertThat(code(404, admin.delete(members + "/" + owner))).isEqualTo("not-found");
        assertThat(code(422, admin.post(members, member("nobody", "OWNER")))).isEqualTo("not-allowed");
    }

    @Test
    void theAuditLogTellsEveryChangeAndNoSecret() {
        String team = admin.newTeam();
        JsonNode key = expect(201, admin.post("admin/tenants/" + team + "/projects/web/keys", """
            {"name": "ci", "scopes": ["calls:write"]}\
            """));
        expect(200, admin.patch("admin/tenants/" + team, """
            {"suspended": true}\
            """));

        JsonNode log = expect(200, admin.get("admin/audit?tenant=" + team));

        assertThat(log.get("items").valueStream().map(each -> each.get("action").asString()))
                .containsExactly("tenant.changed", "key.created", "project.created", "tenant.created");
        JsonNode change = log.get("items").get(0);
        assertThat(change.get("before").get("suspended").asBoolean()).isFalse();
        assertThat(change.get("after").get("suspended").asBoolean()).isTrue();
        assertThat(change.get("actor").asString()).startsWith("admin key");
        assertThat(change.get("address").asString()).isEqualTo("127.0.0.1");
        assertThat(log.toString()).doesNotContain(key.get("key").asString().substring(30));
    }

    @Test
    void theDescriptionIsOpenAndUsesTheApisNames() {
        JsonNode description = expect(200, mvc.get().uri("/api/openapi.json").exchange());

        JsonNode team = description.get("components").get("schemas").get("TenantAnswer");
        assertThat(team.get("properties").has("time_zone")).isTrue();
        assertThat(description.get("paths").has("/api/v1/admin/tenants/{tenant}/projects/{project}/keys"))
                .isTrue();
        for (String costs : List.of("/api/v1/costs", "/api/v1/reports/costs")) {
            assertThat(description
                            .get("paths")
                            .get(costs)
                            .get("get")
                            .get("parameters")
                            .valueStream()
                            .map(parameter -> parameter.get("name").asString()))
                    .as(costs)
                    .contains("from", "to", "stage", "model", "provider", "card", "key", "member", "group_by");
        }
    }

    @Test
    void onlyAnAdministratorSeesMoreThanHealth() {
        assertThat(mvc.get().uri("/actuator/health")).hasStatus(200);
        assertThat(mvc.get().uri("/actuator/health/readiness")).hasStatus(200);
        assertThat(mvc.get().uri("/actuator/metrics")).hasStatus(401);
        assertThat(mvc.get().uri("/actuator/metrics").header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY))
                .hasStatus(200);
    }

    private static String member(String email, String role) {
        return """
            {"email": "%s", "role": "%s"}\
            """.formatted(email, role);
    }
}
