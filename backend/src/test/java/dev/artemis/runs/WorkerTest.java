package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** What happens between a claim's commit and the worker's first look at it. */
@WorkerOnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WorkerTest {

    private final AdmissionLoop loop;
    private final AdmitRuns admitRuns;
    private final Worker worker;
    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Caller.ForProject developer;

    WorkerTest(
            AdmissionLoop loop,
            AdmitRuns admitRuns,
            Worker worker,
            SandboxInMemory sandbox,
            Runs runs,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.loop = loop;
        this.admitRuns = admitRuns;
        this.worker = worker;
        this.sandbox = sandbox;
        this.runs = runs;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    /** The test claims by itself. */
    @BeforeEach
    void stopTheLoop() {
        loop.stop();
    }

    @AfterEach
    void startTheLoop() {
        loop.start();
    }

    @Test
    void aCancellationThatNobodyHeardIsFoundAtTheStart() {
        RunId run = submitted();
        List<RunRef> claimed = claimed(run);
        // its notice found no attempt here
        change(run, "cancel_requested = true");

        worker.begin(claimed);

        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status() == RunStatus.CANCELLED);
        RunSummary cancelled = runs.summary(developer, run);
        assertThat(cancelled.killed()).isFalse();
        assertThat(cancelled.startedAt()).isNull();
        assertThat(cancelled.cost()).isEqualTo(Usd.ZERO);
        assertThat(sandbox.held()).doesNotContainAnyElementsOf(claimed);
        RunsFixture.awaitUntil(() -> !worker.holds(claimed.getFirst()));
    }

    @Test
    void anAttemptThatAnotherTookMeanwhileIsNotStarted() {
        RunId run = submitted();
        List<RunRef> claimed = claimed(run);
        change(run, "fencing_token = nextval('fencing_tokens'), attempt = attempt + 1");

        worker.begin(claimed);

        RunsFixture.awaitUntil(() -> !worker.holds(claimed.getFirst()));
        assertThat(sandbox.held()).doesNotContainAnyElementsOf(claimed);
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.SUBMITTING);
    }

    private RunId submitted() {
        return ((Submission.Queued) runs.submit(developer, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();
    }

    private List<RunRef> claimed(RunId run) {
        List<RunRef> claimed = admitRuns.admit(worker.id(), "local", 1).runs();
        assertThat(claimed).extracting(RunRef::run).containsExactly(run.value());
        return claimed;
    }

    private void change(RunId run, String what) {
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set " + what + " where run_id = :run")
                        .param("run", run.value())
                        .update());
    }
}
