package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** How long a team's runs wait, by which the platform's health is judged. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class QueueDepthsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Runs runs;
    private final RunQueue queue;
    private final RunRepairs repairs;
    private final AdmitRuns admitRuns;
    private final Tenants tenants;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final RunsFixture fixture;
    private final Caller.ForProject developer;

    QueueDepthsTest(
            Runs runs,
            RunQueue queue,
            RunRepairs repairs,
            AdmitRuns admitRuns,
            Tenants tenants,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Projects projects) {
        this.runs = runs;
        this.queue = queue;
        this.repairs = repairs;
        this.admitRuns = admitRuns;
        this.tenants = tenants;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.fixture = new RunsFixture(tenants, projects);
        this.developer = fixture.aDeveloper();
    }

    @BeforeEach
    void nobodyElseWaits() {
        fixture.emptyQueue(runs, queue, transactions);
    }

    /** A run that waited for an hour would be seen in the health of all. */
    @AfterEach
    void itLeaves() {
        fixture.emptyQueue(runs, queue, transactions);
        fixture.hold(developer);
    }

    @Test
    void runsOfASuspendedTeamWaitForNoPlace() {
        since("created_at", RunsFixture.submitted(runs, developer));
        assertThat(ours().oldestWait()).isGreaterThanOrEqualTo(HOUR);

        suspended(true);
        assertThat(ours().waiting()).isEqualTo(1);
        assertThat(ours().oldestWait()).isZero();

        suspended(false);
        assertThat(ours().oldestWait()).isGreaterThanOrEqualTo(HOUR);
    }

    /** Where a cluster's own queue holds its Job, say. */
    @Test
    void aRunThatWasTakenAndDoesNotStartWaits() {
        RunId run = RunsFixture.submitted(runs, developer);
        since("created_at", run);
        admitRuns.admit(UUID.randomUUID(), "kubernetes", 1);
        assertThat(ours()).satisfies(depth -> {
            assertThat(depth.waiting()).isZero();
            assertThat(depth.running()).isEqualTo(1);
            assertThat(depth.oldestWait()).as("since it was taken").isLessThan(HOUR);
        });

        since("submitted_at", run);
        assertThat(ours().oldestWait()).isGreaterThanOrEqualTo(HOUR);

        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set status = 'RUNNING', started_at = now() where run_id = :run")
                        .param("run", run.value())
                        .update());
        assertThat(ours().oldestWait()).isZero();
    }

    private void since(String column, RunId run) {
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set " + column + " = now() - interval '1 hour' where run_id = :run")
                        .param("run", run.value())
                        .update());
    }

    private void suspended(boolean whether) {
        tenants.change(developer.tenant(), new TenantChange(null, null, whether, null));
    }

    private QueueDepth ours() {
        String slug = fixture.slugOf(developer).value();
        return repairs.queue().stream()
                .filter(depth -> depth.team().equals(slug))
                .findFirst()
                .orElseThrow();
    }
}
