package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupReports;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRepairs;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.Runs;
import dev.artemis.runs.RunsFixture;
import dev.artemis.runs.SandboxInMemory;
import dev.artemis.runs.WorkerOnDatabase;
import dev.artemis.runs.WorkersFinding;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** Another worker, which has not left, is not heard of any more. */
@WorkerOnDatabase
@TestPropertySource(properties = {"artemis.runs.lease=1s", "artemis.instance=lapsed-lease"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LapsedLeaseTest {

    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final ReconcileRuns reconcileRuns;
    private final RunRepairs runRepairs;
    private final StartupReports checks;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Caller.ForProject developer;
    private final UUID newer = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    LapsedLeaseTest(
            SandboxInMemory sandbox,
            Runs runs,
            ReconcileRuns reconcileRuns,
            RunRepairs runRepairs,
            StartupReports checks,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.sandbox = sandbox;
        this.runs = runs;
        this.reconcileRuns = reconcileRuns;
        this.runRepairs = runRepairs;
        this.checks = checks;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void whatItsChecksFindIsToldWithItsLease() {
        assertThat(checks.again().findings())
                .anyMatch(finding -> finding.subject().equals("sandbox"));

        RunsFixture.awaitUntil(() -> runRepairs.findings().stream()
                .anyMatch(found -> found.finding().subject().equals("sandbox")
                        && found.workers().getFirst().endsWith(":lapsed-lease")));
        assertThat(runRepairs.findings())
                .extracting(found -> found.finding().subject())
                .containsOnly("sandbox", "resource limits");
    }

    /** During an upgrade: what it cannot read must not cost the report that says how the platform is. */
    @Test
    void whatANewerWorkerSaysOtherwiseIsToldAsFarAsItIsKnown() {
        transactions.acrossTenants(() ->
                jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until, findings)
                        values (:worker, 'newer', 'local', 1, now() + interval '1 hour', cast(:findings as jsonb))""").param("worker", newer).param("findings", """
                        [{"verdict": "DOUBTFUL", "subject": "cluster", "detail": "leans", "remedy": "Prop it.", "since": 5,
                          "at": "2026-11-26T12:00:00Z"}]""").update());

        try {
            assertThat(runRepairs.findings())
                    .contains(new WorkersFinding(
                            Finding.warn("cluster", "leans", "Prop it."),
                            List.of("newer"),
                            Instant.parse("2026-11-26T12:00:00Z")));
        } finally {
            transactions.acrossTenants(() -> jdbc.sql("delete from workers where worker_id = :worker")
                    .param("worker", newer)
                    .update());
        }
    }

    @Test
    void aWorkersRunIsItsOwnWhileItsLeaseLastsAndIsTakenFromItAfterwards() {
        RunId run = RunsFixture.submitted(runs, developer);
        RunRef first = held(run, 1);
        sandbox.starts(first);
        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status() == RunStatus.RUNNING);
        sandbox.loses(first);
        isTheOthers(first, "1 hour");

        reconcileRuns.sweep();
        reconcileRuns.sweep();
        assertThat(runs.summary(developer, run).attempt()).isEqualTo(1);
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.RUNNING);

        isTheOthers(first, "-1 second");
        // only whoever was heard of itself for the time of a lease may judge
        RunRef second = sweptUntilHeld(run, 2);

        assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
        sandbox.ends(first, new Ending.Exited(7));
        assertThat(runs.summary(developer, run).status().ended()).isFalse();
        sandbox.ends(second, new Ending.Exited(0));
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs.summary(developer, run).attempt()).isEqualTo(2);
    }

    private RunRef held(RunId run, int attempt) {
        RunsFixture.awaitUntil(() -> found(run, attempt).isPresent());
        return found(run, attempt).orElseThrow();
    }

    private RunRef sweptUntilHeld(RunId run, int attempt) {
        RunsFixture.awaitUntil(() -> {
            reconcileRuns.sweep();
            return found(run, attempt).isPresent();
        });
        return found(run, attempt).orElseThrow();
    }

    private Optional<RunRef> found(RunId run, int attempt) {
        return sandbox.attempts(run).filter(ref -> ref.attempt() == attempt).findFirst();
    }

    private void isTheOthers(RunRef ref, String leaseFromNow) {
        transactions.acrossTenants(() -> jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until)
                        values (:worker, 'other', 'local', 1, now() + cast(:lease as interval))
                        on conflict (worker_id) do update set lease_until = excluded.lease_until""")
                .param("worker", other)
                .param("lease", leaseFromNow)
                .update());
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set worker_id = :worker where run_id = :run")
                        .param("worker", other)
                        .param("run", ref.run())
                        .update());
    }
}
