package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.db.Database;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.runs.KillReason;
import dev.artemis.runs.RunRepairs;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunSummary;
import dev.artemis.runs.Runs;
import dev.artemis.runs.RunsFixture;
import dev.artemis.runs.SandboxInMemory;
import dev.artemis.runs.Submission;
import dev.artemis.runs.WorkerOnDatabase;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Language;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

@WorkerOnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ReconcileRunsTest {

    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final ReconcileRuns reconcileRuns;
    private final RunRepairs repairs;
    private final Supervision supervision;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Database database;
    private final Caller.ForProject developer;

    ReconcileRunsTest(
            SandboxInMemory sandbox,
            Runs runs,
            ReconcileRuns reconcileRuns,
            RunRepairs repairs,
            Supervision supervision,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Database database,
            Tenants tenants,
            Projects projects) {
        this.sandbox = sandbox;
        this.runs = runs;
        this.reconcileRuns = reconcileRuns;
        this.repairs = repairs;
        this.supervision = supervision;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.database = database;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void aRunOfADeadWorkerIsTriedAgainWithTheNextAttempt() {
        RunId run = submitted();
        RunRef first = held(run, 1);
        sandbox.starts(first);
        sandbox.prints(first, 0, "of the first");
        dies(first);

        reconcileRuns.sweep();
        RunRef second = held(run, 2);
        sandbox.prints(second, 0, "of the second");
        sandbox.ends(second, new Ending.Exited(0));

        RunSummary ended = runs.summary(developer, run);
        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(second.fencingToken()).isGreaterThan(first.fencingToken());
        assertThat(runs.get(developer, run).stdout().text()).isEqualTo("of the second");
        assertThat(supervision.byKind().get(FaultKind.WORKER_LOST)).isNotNull();
    }

    /** While the database is away nobody is heard of: whoever is alive has the time of a lease to be heard again, which here is an hour. */
    @Test
    void whoIsNotHeardOfIsNotJudgedByOneThatWasNotHeardOfForLongItself() {
        RunId run = submitted();
        RunRef first = held(run, 1);
        UUID silent = dies(first);
        transactions.acrossTenants(() -> jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until)
                        values (:worker, 'silent', 'local', 1, now() - interval '1 second')""").param("worker", silent).update());

        reconcileRuns.sweep();
        reconcileRuns.sweep();
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.SUBMITTING);
        assertThat(runs.summary(developer, run).attempt()).isEqualTo(1);

        // one that has left is not waited for
        transactions.acrossTenants(() -> jdbc.sql("delete from workers where worker_id = :worker")
                .param("worker", silent)
                .update());
        reconcileRuns.sweep();
        sandbox.ends(held(run, 2), new Ending.Exited(0));
    }

    @Test
    void whatALivingWorkerAdoptedIsNotAdoptedByAnother() {
        RunId run = submitted();
        RunRef ref = held(run, 1);
        UUID other = UUID.randomUUID();
        transactions.acrossTenants(() -> jdbc.sql("""
                        insert into workers (worker_id, name, backend, slots, lease_until)
                        values (:worker, 'other', 'in-memory', 1, now() + interval '1 hour')""").param("worker", other).update());
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set worker_id = :other where run_id = :run")
                        .param("other", other)
                        .param("run", run.value())
                        .update());

        assertThat(repairs.adopt(ref)).isFalse();

        transactions.acrossTenants(() -> jdbc.sql("delete from workers where worker_id = :worker")
                .param("worker", other)
                .update());
        assertThat(repairs.adopt(ref)).isTrue();
        assertThat(repairs.adopt(ref)).isTrue();
        sandbox.ends(ref, new Ending.Exited(0));
    }

    @Test
    void aLateWordOfAnAttemptThatWasGivenUpChangesNothing() {
        RunId run = submitted();
        RunRef first = held(run, 1);
        dies(first);
        reconcileRuns.sweep();
        RunRef second = held(run, 2);

        sandbox.ends(first, new Ending.Exited(7));

        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.SUBMITTING);
        sandbox.ends(second, new Ending.Exited(0));
        assertThat(runs.summary(developer, run).exitCode()).isZero();
    }

    @Test
    void afterTheLastAttemptARunIsLostAndCostsNothing() {
        RunId run = submitted();
        for (int attempt = 1; attempt <= 3; attempt++) {
            RunRef ref = held(run, attempt);
            sandbox.starts(ref);
            dies(ref);
            reconcileRuns.sweep();
            makeDue(run);
        }

        RunSummary lost = runs.summary(developer, run);
        assertThat(lost.status()).isEqualTo(RunStatus.LOST);
        assertThat(lost.killReason()).isEqualTo(KillReason.NODE_LOST);
        assertThat(lost.killed()).isFalse();
        assertThat(lost.cost()).isEqualTo(Usd.ZERO);
        assertThat(heldMoney()).isZero();
    }

    @Test
    void aRunThatNoMachineCouldHoldIsTriedAgainSinceALargerOneMayCome() {
        RunId run = submitted();
        for (int attempt = 1; attempt <= 3; attempt++) {
            RunRef ref = held(run, attempt);
            sandbox.tell(ref, new Observation.Failed(Failure.TOO_LARGE, "no node has room for it"));
            makeDue(run);
        }

        RunSummary lost = runs.summary(developer, run);
        assertThat(lost.status()).isEqualTo(RunStatus.LOST);
        assertThat(lost.killReason()).isEqualTo(KillReason.START_TIMEOUT);
        assertThat(lost.cost()).isEqualTo(Usd.ZERO);
        assertThat(heldMoney()).isZero();
    }

    @Test
    void aProgramThatItsSandboxLostIsFoundInTheSecondSweep() {
        RunId run = submitted();
        RunRef ref = held(run, 1);
        sandbox.starts(ref);
        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status() == RunStatus.RUNNING);
        sandbox.loses(ref);

        reconcileRuns.sweep();
        assertThat(runs.summary(developer, run).attempt()).isEqualTo(1);
        reconcileRuns.sweep();

        held(run, 2);
    }

    @Test
    void anOrphanIsRemoved() {
        RunRef stray = new RunRef(developer.tenant().value(), UUID.randomUUID(), 1, 1);
        sandbox.holdsStray(stray, SandboxSpec.of(Language.SHELL, "sleep 60"));

        reconcileRuns.sweep();
        assertThat(sandbox.held()).contains(stray);
        reconcileRuns.sweep();

        RunsFixture.awaitUntil(() -> !sandbox.held().contains(stray));
    }

    @Test
    void aRecoveryIsCountedOnceTheNextSweepSeesIt() {
        RunRef stray = new RunRef(developer.tenant().value(), UUID.randomUUID(), 1, 1);
        // what was asked for before is settled
        reconcileRuns.sweep();
        Supervision.Count before = orphans();
        sandbox.holdsStray(stray, SandboxSpec.of(Language.SHELL, "sleep 60"));

        reconcileRuns.sweep();
        reconcileRuns.sweep();
        RunsFixture.awaitUntil(() -> !sandbox.held().contains(stray));
        // the sandbox had said that it would, and did not
        sandbox.holdsStray(stray, SandboxSpec.of(Language.SHELL, "sleep 60"));
        reconcileRuns.sweep();
        assertThat(orphans()).isEqualTo(before.plus(new Supervision.Count(1, 0)));
        reconcileRuns.sweep();
        RunsFixture.awaitUntil(() -> !sandbox.held().contains(stray));
        assertThat(orphans()).isEqualTo(before.plus(new Supervision.Count(2, 0)));

        reconcileRuns.sweep();
        assertThat(orphans()).isEqualTo(before.plus(new Supervision.Count(2, 1)));
        reconcileRuns.sweep();
        assertThat(orphans()).isEqualTo(before.plus(new Supervision.Count(2, 1)));
    }

    @Test
    void aProgramOnAMachineWhoseClockIsWrongIsOverdueByTheDatabasesOnly() {
        RunId run = submitted();
        RunRef ref = held(run, 1);
        sandbox.tell(ref, new Observation.Started(Instant.parse("2020-01-01T00:00:00Z")));
        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status() == RunStatus.RUNNING);

        reconcileRuns.sweep();
        reconcileRuns.sweep();
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(runs.summary(developer, run).attempt()).isEqualTo(1);

        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set running_since = now() - interval '1 day' where run_id = :run")
                        .param("run", run.value())
                        .update());
        long now = System.nanoTime();
        for (long second = 0; second <= 40; second += 5) {
            reconcileRuns.sweep(now + TimeUnit.SECONDS.toNanos(second));
        }
        sandbox.ends(held(run, 2), new Ending.Exited(0));
    }

    private Supervision.Count orphans() {
        return supervision.byKind().getOrDefault(FaultKind.ORPHAN, Supervision.Count.NONE);
    }

    @Test
    void whatAnotherInstallationRunsUnderOurNameIsLeftAlone() {
        RunRef theirs = new RunRef(UUID.randomUUID(), UUID.randomUUID(), 1, 1);
        sandbox.holdsStray(theirs, SandboxSpec.of(Language.SHELL, "sleep 60"));

        for (int sweep = 0; sweep < 3; sweep++) {
            reconcileRuns.sweep();
        }

        assertThat(sandbox.held()).contains(theirs);
        sandbox.loses(theirs);
    }

    @Test
    void nothingIsLeftInTheSandboxOrHeldOnceARunHasEnded() {
        RunId run = submitted();
        RunRef ref = held(run, 1);
        assertThat(heldMoney()).isEqualTo(1);

        sandbox.ends(ref, new Ending.Exited(0));

        RunsFixture.awaitUntil(() -> !sandbox.held().contains(ref));
        assertThat(heldMoney()).isZero();
        assertThat(runs.summary(developer, run).cost())
                .as("one CPU-second and one GiB-second, at the team's rates")
                .isEqualTo(Usd.of("0.0000135"));
    }

    @Test
    void countersThatLeakedAreCountedAgain() throws SQLException {
        RunRef ref = held(submitted(), 1);
        asOwner("update artemis.run_queues set running = running + 5, cpu_millicores = 0 where tenant_id = '"
                + developer.tenant() + "'");

        assertThat(reconcileRuns.mendCounters()).isEqualTo(1);
        assertThat(reconcileRuns.mendCounters()).isZero();
        assertThat(running()).isEqualTo(1);
        sandbox.ends(ref, new Ending.Exited(0));
        assertThat(running()).isZero();
    }

    /** The application's own role may not write the counters. */
    private void asOwner(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private int running() {
        return transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("select running from run_queues")
                        .query(Integer.class)
                        .single());
    }

    private RunId submitted() {
        Submission submission = runs.submit(developer, RunRequest.of("shell", "true"));
        assertThat(submission).isInstanceOf(Submission.Queued.class);
        return ((Submission.Queued) submission).run().summary().id();
    }

    private RunRef held(RunId run, int attempt) {
        RunsFixture.awaitUntil(() ->
                sandbox.held().stream().anyMatch(ref -> ref.run().equals(run.value()) && ref.attempt() == attempt));
        return sandbox.held().stream()
                .filter(ref -> ref.run().equals(run.value()) && ref.attempt() == attempt)
                .findFirst()
                .orElseThrow();
    }

    /** Its worker was another, whose lease has run out, and its sandbox went with it. */
    private UUID dies(RunRef ref) {
        UUID dead = UUID.randomUUID();
        sandbox.loses(ref);
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set worker_id = :dead where run_id = :run")
                        .param("dead", dead)
                        .param("run", ref.run())
                        .update());
        return dead;
    }

    /** Its pause before the next attempt is over. */
    private void makeDue(RunId run) {
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set due_at = now() where run_id = :run")
                        .param("run", run.value())
                        .update());
    }

    private int heldMoney() {
        return transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("select count(*) from holds where status = 'held'")
                        .query(Integer.class)
                        .single());
    }
}
