package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.runs.RunRepairs;
import dev.artemis.runs.RunsFixture;
import dev.artemis.runs.SandboxInMemory;
import dev.artemis.runs.WorkerOnDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** A worker that is cut off from its cluster, and not from the database. */
@WorkerOnDatabase
@TestPropertySource(
        properties = {"artemis.runs.lease=1s", "artemis.runs.sandbox-patience=2s", "artemis.instance=blind-worker"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class BlindWorkerTest {

    private final SandboxInMemory sandbox;
    private final ReconcileRuns reconcileRuns;
    private final RunRepairs repairs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    BlindWorkerTest(
            SandboxInMemory sandbox,
            ReconcileRuns reconcileRuns,
            RunRepairs repairs,
            TenantTransactions transactions,
            JdbcClient jdbc) {
        this.sandbox = sandbox;
        this.reconcileRuns = reconcileRuns;
        this.repairs = repairs;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Test
    void givesUpWhatItHoldsAfterAWhileAndIsHeardAgainWhenItSees() {
        reconcileRuns.sweep();
        sandbox.goesAway();
        long began = System.nanoTime();
        assertThatThrownBy(reconcileRuns::sweep).hasMessageContaining("away");

        // the same that other workers judge by: SILENT, and its runs are theirs to adopt
        RunsFixture.awaitUntil(() -> !leaseHolds());
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .as("it is patient first")
                .isGreaterThan(Duration.ofSeconds(2));

        sandbox.comesBack();
        reconcileRuns.sweep();
        RunsFixture.awaitUntil(this::leaseHolds);
        // and judges nobody before others were heard again too
        assertThat(repairs.heardSince()).isLessThan(Duration.ofNanos(System.nanoTime() - began));
    }

    private boolean leaseHolds() {
        return transactions.acrossTenants(
                () -> jdbc.sql("""
                        select coalesce(bool_or(lease_until > now()), false) from workers where name like '%:blind-worker'""").query(Boolean.class).single());
    }
}
