package dev.artemis.reports.web;

import static dev.artemis.access.web.RestClient.code;
import static dev.artemis.access.web.RestClient.expect;
import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.web.RestClient;
import dev.artemis.shared.Usd;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;

/** What the pages list of all of a team's projects together, listed for programs. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class TeamListsApiTest {

    private final RestClient admin;
    private String team = "";
    private RestClient web;
    private RestClient app;

    TeamListsApiTest(MockMvcTester mvc) {
        this.admin = RestClient.admin(mvc);
        this.web = admin;
        this.app = admin;
    }

    @BeforeEach
    void aTeamOfTwoProjects() {
        team = "admin/tenants/" + admin.newTeam();
        expect(201, admin.post(team + "/projects", "{\"slug\": \"app\", \"name\": \"App\"}"));
        web = program("web");
        app = program("app");
    }

    @Test
    void singleCallsOfAllProjectsOrOfOneEachWithItsProject() {
        call(web, "gpt-4o");
        call(app, "claude-3-haiku");
        call(app, "gpt-4o");

        assertThat(column("calls", "project")).containsExactly("app", "app", "web");
        assertThat(column("calls?project=web", "model")).containsExactly("gpt-4o");
        assertThat(column("calls?model=gpt-4o", "project")).containsExactly("app", "web");
        assertThat(column("calls?project=web", "cost")).containsExactly("0.0325");
        assertPagedOneByOne("calls", 3);
        assertThat(code(404, admin.get(team + "/calls?project=none"))).isEqualTo("not-found");
        assertThat(code(422, admin.get(team + "/calls?cursor=x"))).isEqualTo("not-allowed");
        assertThat(code(422, admin.get(team + "/calls?limit=0"))).isEqualTo("not-allowed");
    }

    @Test
    void runsOfAllProjectsOrOfOneEachWithItsProject() {
        run(web, "print(1)");
        run(app, "import os; os.system('x')");
        run(app, "print(2)");

        assertThat(column("runs", "project")).containsExactly("app", "app", "web");
        assertThat(column("runs?status=BLOCKED", "project")).containsExactly("app");
        assertThat(column("runs?project=web", "language")).containsExactly("python");
        assertPagedOneByOne("runs", 3);
        assertThat(code(404, admin.get(team + "/runs?project=none"))).isEqualTo("not-found");
        assertThat(code(422, admin.get(team + "/runs?status=RAN"))).isEqualTo("not-allowed");
    }

    @Test
    void whatIsHeldForCallsAndRunsIsAllThatIsReserved() {
        String card = reserve(web, "\"card_id\": \"CARD-1\", ");
        reserve(app, "");
        run(app, "print(1)");

        assertThat(column("reservations?status=held", "kind")).containsExactly("run", "call", "call");
        assertThat(column("reservations?status=held", "project")).containsExactly("app", "app", "web");
        Usd held = column("reservations?status=held", "reserved").stream()
                .map(Usd::of)
                .reduce(Usd.ZERO, Usd::plus);
        assertThat(held.toString()).isEqualTo(reserved());
        assertThat(column("reservations?card_id=CARD-1", "id")).containsExactly(card);
        assertThat(column("reservations?stage=review&project=app", "model")).containsExactly("gpt-4o");
        assertThat(column("reservations?model=sandbox", "kind")).containsExactly("run");
        assertThat(column("reservations?stage=none", "id")).isEmpty();
        assertPagedOneByOne("reservations", 3);
    }

    @Test
    void whatBecameOfAReservationIsToldAndCanBeAskedFor() {
        String settled = reserve(web, "");
        String released = reserve(web, "");
        String held = reserve(web, "");
        expect(
                200,
                web.post("reservations/" + settled + "/settle", "{\"tokens_input\": 5000, \"tokens_output\": 2000}"));
        assertThat(web.delete("reservations/" + released)).hasStatus(204);

        assertThat(column("reservations", "id")).containsExactly(held, released, settled);
        assertThat(column("reservations", "status")).containsExactly("held", "released", "settled");
        assertThat(column("reservations?status=settled", "cost")).containsExactly("0.0325");
        assertThat(column("reservations?status=settled&status=released", "id")).containsExactly(released, settled);
        assertThat(column("reservations?status=expired", "id")).isEmpty();
        assertThat(code(422, admin.get(team + "/reservations?status=HELD"))).isEqualTo("not-allowed");
        assertThat(code(422, admin.get(team + "/reservations?cursor=x"))).isEqualTo("not-allowed");
        assertThat(code(422, admin.get(team + "/reservations?limit=501"))).isEqualTo("not-allowed");
        assertThat(code(404, admin.get(team + "/reservations?project=none"))).isEqualTo("not-found");
    }

    @Test
    void anotherTeamsAreNotAmongThem() {
        reserve(web, "");
        call(web, "gpt-4o");
        run(web, "print(1)");
        String other = "admin/tenants/" + admin.newTeam();

        for (String list : List.of("calls", "runs", "reservations")) {
            assertThat(expect(200, admin.get(other + "/" + list)).get("items"))
                    .as(list)
                    .isEmpty();
        }
    }

    private void assertPagedOneByOne(String list, int all) {
        JsonNode page = expect(200, admin.get(team + "/" + list + "?limit=1"));
        int pages = 1;
        while (!page.get("next").isNull()) {
            assertThat(page.get("items")).hasSize(1);
            page = expect(
                    200,
                    admin.get(team + "/" + list + "?limit=1&cursor="
                            + page.get("next").asString()));
            pages++;
        }
        assertThat(page.get("items")).hasSize(1);
        assertThat(pages).isEqualTo(all);
    }

    private List<String> column(String list, String field) {
        return expect(200, admin.get(team + "/" + list))
                .get("items")
                .valueStream()
                .map(line -> line.get(field).asString())
                .toList();
    }

    /** Of the team's day. */
    private String reserved() {
        return expect(200, admin.get(team + "/budget"))
                .get("windows")
                .get(0)
                .get("reserved")
                .asString();
    }

    private RestClient program(String project) {
        return admin.with(expect(201, admin.post(team + "/projects/" + project + "/keys", """
                    {"name": "x", "scopes": ["calls:write", "costs:read", "runs:write", "runs:read"]}"""))
                .get("key")
                .asString());
    }

    private static String reserve(RestClient program, String more) {
        return expect(201, program.post("reservations", """
                {%s"model": "gpt-4o", "tokens_input": 5000, "max_tokens_output": 4000, "stage": "review"}""".formatted(more)))
                .get("id")
                .asString();
    }

    private static void call(RestClient program, String model) {
        expect(201, program.post("calls", """
            {"model": "%s", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""".formatted(model)));
    }

    private static void run(RestClient program, String code) {
        expect(202, program.post("runs", "{\"language\": \"python\", \"code\": \"" + code + "\"}"));
    }
}
