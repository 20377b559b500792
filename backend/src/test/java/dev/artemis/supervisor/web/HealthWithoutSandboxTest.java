package dev.artemis.supervisor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.runs.RunsFixture;
import dev.artemis.shared.Caller;
import dev.artemis.tenants.Tenants;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process that executes nothing tells of those that do. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class HealthWithoutSandboxTest {

    private static final String WARNING = """
            [{"verdict": "WARN", "subject": "cluster", "detail": "NetworkPolicies are not enforced", "remedy": "Use Calico."}]""";

    private final MockMvc mvc;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final JsonMapper json = JsonMapper.builder().build();

    private final Tenants tenants;
    private final Projects projects;
    private final Runs runs;

    HealthWithoutSandboxTest(
            MockMvc mvc,
            JdbcClient jdbc,
            TenantTransactions transactions,
            Tenants tenants,
            Projects projects,
            Runs runs) {
        this.tenants = tenants;
        this.projects = projects;
        this.runs = runs;
        this.mvc = mvc;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @AfterEach
    void noWorkers() {
        transactions.acrossTenants(() -> jdbc.sql("delete from workers").update());
    }

    @Test
    void withoutAWorkerNothingRunsAndThatIsSaid() throws Exception {
        JsonNode report = report();

        assertThat(report.get("status").asString()).isEqualTo("UNHEALTHY");
        assertThat(report.get("reasons").toString()).contains("No worker is alive");
    }

    @Test
    void aRunThatWaitsForTooLongIsSeen() throws Exception {
        Caller.ForProject developer = new RunsFixture(tenants, projects).aDeveloper();
        runs.submit(developer, RunRequest.of("shell", "true"));
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set created_at = created_at - interval '1 hour'")
                        .update());
        String team = tenants.find(developer.tenant()).orElseThrow().slug().value();

        JsonNode report = report();

        assertThat(report.get("reasons").toString()).contains("A run has waited for 60 minutes.");
        assertThat(report.get("queue")
                        .get("teams")
                        .valueStream()
                        .filter(each -> each.get("team").asString().equals(team)))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.get("oldest_wait_seconds").asInt()).isBetween(3_600, 3_700));
    }

    @Test
    void whatWorkersHoldAndLackIsToldWhereNobodyHasASandbox() throws Exception {
        worker("FULL", "{memory,network}", "{}");
        worker("PARTIAL", "{memory}", "{network is open}");

        JsonNode isolation = report().get("security_sandbox").get("isolation");

        assertThat(isolation.get("strength").asString()).isEqualTo("PARTIAL");
        assertThat(isolation.get("holds").toString()).isEqualTo("[\"memory\"]");
        assertThat(isolation.get("lacks").toString()).isEqualTo("[\"network is open\"]");
    }

    @Test
    void workersWhoseSandboxDoesNotWorkAreNoHealth() throws Exception {
        worker("NONE", "{}", "{bubblewrap is missing}");

        JsonNode report = report();

        assertThat(report.get("status").asString()).isEqualTo("UNHEALTHY");
        assertThat(report.get("reasons").toString()).contains("bubblewrap is missing");
    }

    @Test
    void oneWorkerThatCannotRunCodeIsAConcernWhileAnotherCan() throws Exception {
        worker("FULL", "{memory}", "{}");
        worker("NONE", "{}", "{the cluster does not answer}");

        JsonNode report = report();

        assertThat(report.get("reasons").toString()).doesNotContain("no code runs");
        JsonNode isolation = report.get("security_sandbox").get("isolation");
        assertThat(isolation.get("strength").asString()).isEqualTo("PARTIAL");
        assertThat(isolation.get("holds").toString()).isEqualTo("[\"memory\"]");
        assertThat(isolation.get("lacks").toString()).isEqualTo("[\"the cluster does not answer\"]");
    }

    @Test
    void whatWorkersFoundIsToldWithWhoFoundIt() throws Exception {
        found("worker-b", WARNING, "1 minute");
        found(
                "worker-a",
                WARNING.replace(
                        "}]",
                        "}, {\"verdict\": \"PASS\", \"subject\": \"cluster\", \"detail\": \"Kubernetes 1.33 answers\"}]"),
                "1 minute");

        JsonNode report = report();
        String text = text();

        JsonNode findings = report.get("security_sandbox").get("findings");
        assertThat(findings).hasSize(2);
        assertThat(findings.get(0).get("finding").toString())
                .isEqualTo(json.readTree(WARNING).get(0).toString());
        assertThat(findings.get(0).get("workers").toString()).isEqualTo("[\"worker-a\",\"worker-b\"]");
        assertThat(findings.get(0).get("checked_at").asString()).isEqualTo("2026-11-26T12:00:00Z");
        assertThat(findings.get(1).get("workers").toString()).isEqualTo("[\"worker-a\"]");
        assertThat(report.get("status").asString()).isEqualTo("DEGRADED");
        assertThat(report.get("reasons").toString()).contains("The workers' checks of where runs go left 1 warnings.");
        assertThat(text)
                .contains(
                        "WARN cluster: NetworkPolicies are not enforced (workers worker-a, worker-b, 2026-11-26T12:00:00Z)")
                .contains("-> Use Calico.")
                .contains("PASS cluster: Kubernetes 1.33 answers (workers worker-a, ");
    }

    @Test
    void whatAWorkerFoundThatIsNotHeardOfAnyMoreIsNotTold() throws Exception {
        found("worker-gone", WARNING, "-1 second");
        worker("FULL", "{memory}", "{}");

        JsonNode report = report();

        assertThat(report.get("security_sandbox").get("findings")).isEmpty();
        assertThat(report.get("reasons").toString()).doesNotContain("The workers' checks");
        assertThat(text()).doesNotContain("NetworkPolicies");
    }

    private void found(String worker, String findings, String leaseLeft) {
        transactions.acrossTenants(() -> jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until, strength, findings, checked_at)
                        values (:id, :name, 'kubernetes', 1, now() + :left::interval, 'FULL', :findings::jsonb,
                          '2026-11-26T12:00:00Z')""")
                .param("id", UUID.randomUUID())
                .param("name", worker)
                .param("findings", findings)
                .param("left", leaseLeft)
                .update());
    }

    private void worker(String strength, String holds, String lacks) {
        transactions.acrossTenants(() -> jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until, strength, holds, lacks)
                        values (:id, :name, 'local', 1, now() + interval '1 minute', :strength, :holds::text[],
                          :lacks::text[])""")
                .param("id", UUID.randomUUID())
                .param("name", UUID.randomUUID().toString())
                .param("strength", strength)
                .param("holds", holds)
                .param("lacks", lacks)
                .update());
    }

    private String text() throws Exception {
        return mvc.perform(get("/api/v1/admin/health-report")
                        .accept(MediaType.TEXT_PLAIN)
                        .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private JsonNode report() throws Exception {
        return json.readTree(mvc.perform(
                        get("/api/v1/admin/health-report").header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY))
                .andReturn()
                .getResponse()
                .getContentAsString());
    }
}
