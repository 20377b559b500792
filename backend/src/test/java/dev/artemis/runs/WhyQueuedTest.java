package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.util.unit.DataSize;

/** What a team is told of a run that waits. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WhyQueuedTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final UUID WORKER = UUID.randomUUID();

    private final Runs runs;
    private final RunQueue queue;
    private final AdmitRuns admitRuns;
    private final ObserveRuns observeRuns;
    private final RunQuotas quotas;
    private final Workers workers;
    private final Tenants tenants;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final RunsFixture fixture;
    private final Caller.ForProject developer;

    WhyQueuedTest(
            Runs runs,
            RunQueue queue,
            AdmitRuns admitRuns,
            ObserveRuns observeRuns,
            RunQuotas quotas,
            Workers workers,
            Tenants tenants,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Projects projects) {
        this.runs = runs;
        this.queue = queue;
        this.admitRuns = admitRuns;
        this.observeRuns = observeRuns;
        this.quotas = quotas;
        this.workers = workers;
        this.tenants = tenants;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.fixture = new RunsFixture(tenants, projects);
        this.developer = fixture.aDeveloper();
    }

    @BeforeEach
    void aWorkerIsAlive() {
        fixture.emptyQueue(runs, queue, transactions);
        workers.register(entry(Isolation.Strength.FULL));
    }

    @AfterEach
    void itLeaves() {
        workers.leave(WORKER);
        fixture.hold(developer);
    }

    @Test
    void itsTurn() {
        assertThat(runs.waitingFor(developer, submitted())).hasValue(WaitingFor.TURN);
    }

    @Test
    void aPlaceThatExecutesRuns() {
        RunId run = submitted();
        workers.renew(entry(Isolation.Strength.NONE));

        assertThat(runs.waitingFor(developer, run)).hasValue(WaitingFor.SANDBOX);
    }

    @Test
    void theEndOfItsTeamsSuspension() {
        RunId run = submitted();
        tenants.change(developer.tenant(), new TenantChange(null, null, true, null));

        assertThat(runs.waitingFor(developer, run)).hasValue(WaitingFor.TEAM_SUSPENDED);
    }

    @Test
    void aLimitOfItsProject() {
        RunId run = submitted();
        fixture.change(developer, new ProjectChange(null, null, null, null, null, new ProjectChange.RunsAtOnce(0)));

        assertThat(runs.waitingFor(developer, run)).hasValue(WaitingFor.PROJECT_LIMIT);
    }

    @Test
    void aLimitOfItsTeam() {
        submitted();
        RunId next = submitted();
        admitRuns.admit(WORKER, "local", 1);
        quotas.set(PLATFORM, developer.tenant(), new RunQuota(100, null, null, 1_500L, null));

        assertThat(runs.waitingFor(developer, next)).hasValue(WaitingFor.TEAM_LIMIT);
    }

    @Test
    void itsNextTry() {
        RunId run = submitted();
        RunRef held = admitRuns.admit(WORKER, "local", 1).runs().getFirst();
        observeRuns.write(held, List.of(new Observation.Failed(Failure.REFUSED, "by a webhook")));

        assertThat(runs.waitingFor(developer, run)).hasValue(WaitingFor.NEXT_TRY);
        assertThat(runs.summary(developer, run).reason()).isEqualTo(Failure.REFUSED.words());
    }

    @Test
    void roomAmongTheRunsOfAllTeams() {
        submitted();
        admitRuns.admit(WORKER, "local", 1);
        RunId run = submitted();
        long held = transactions.acrossTenants(() -> jdbc.sql("select cpu_millicores from door.held_in_all()")
                .query(Long.class)
                .single());
        WhyQueued full = new WhyQueued(jdbc, bounded(held + 999));
        WhyQueued enough = new WhyQueued(jdbc, bounded(held + 1_000));

        assertThat(transactions.inTenant(developer.tenant(), () -> full.of(developer.project(), run)))
                .hasValue(WaitingFor.CAPACITY);
        assertThat(transactions.inTenant(developer.tenant(), () -> enough.of(developer.project(), run)))
                .hasValue(WaitingFor.TURN);
    }

    @Test
    void nothingOnceItIsTaken() {
        RunId run = submitted();
        admitRuns.admit(WORKER, "local", 1);

        assertThat(runs.waitingFor(developer, run)).isEmpty();
    }

    @Test
    void itsStartWhereItIsExecuted() {
        RunId run = submitted();
        RunRef held = admitRuns.admit(WORKER, "local", 1).runs().getFirst();
        takenBefore(Duration.ofSeconds(11), run);

        assertThat(runs.waitingFor(developer, run)).hasValue(WaitingFor.START);
        observeRuns.write(held, List.of(new Observation.Started(Instant.now())));
        assertThat(runs.waitingFor(developer, run)).isEmpty();
    }

    private void takenBefore(Duration time, RunId run) {
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql(
                                "update runs set submitted_at = submitted_at - make_interval(secs => :seconds) where run_id = :run")
                        .param("seconds", time.toSeconds())
                        .param("run", run.value())
                        .update());
    }

    private static RunSettings bounded(long cpuMillicores) {
        return new RunSettings(
                1,
                1_000,
                0,
                DataSize.ofBytes(0),
                20_000,
                3,
                Duration.ZERO,
                Duration.ofSeconds(20),
                Duration.ofMinutes(3),
                Duration.ofSeconds(1),
                cpuMillicores,
                DataSize.ofBytes(0));
    }

    private static Workers.Entry entry(Isolation.Strength strength) {
        return new Workers.Entry(
                WORKER, "why-queued", "local", 1, new Isolation(strength, List.of(), List.of()), List.of());
    }

    private RunId submitted() {
        return ((Submission.Queued) runs.submit(developer, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();
    }
}
