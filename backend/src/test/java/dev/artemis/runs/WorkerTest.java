package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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

    /** As the supervisor starts it, which finds it claimed and not in the sandbox. */
    @Test
    void aClaimWhoseAnswerWasLostTakesASlotOnceItIsStartedAndHearsOfItsCancellation() {
        RunId run = submitted();
        RunRef claimed = claimed(run).getFirst();
        int free = worker.freeSlots();

        worker.start(claimed);

        assertThat(worker.holds(claimed)).isTrue();
        assertThat(worker.freeSlots()).isEqualTo(free - 1);
        sandbox.starts(sandbox.given(run));
        runs.cancel(developer, run);
        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status() == RunStatus.CANCELLED);
        RunsFixture.awaitUntil(() -> !worker.holds(claimed));
    }

    /** Through the worker into the database and out again. */
    @ParameterizedTest
    @EnumSource
    void whyTheSandboxEndedARunIsKept(dev.artemis.sandbox.KillReason reason) {
        RunId run = submitted();
        worker.begin(claimed(run));
        RunRef given = sandbox.given(run);
        sandbox.starts(given);

        if (reason == dev.artemis.sandbox.KillReason.CANCELLED) {
            // one that nobody asked for is no end
            runs.cancel(developer, run);
        } else {
            sandbox.ends(given, new Ending.Killed(reason));
        }

        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status().ended());
        RunSummary ended = runs.summary(developer, run);
        assertThat(ended.killReason()).isEqualTo(KillReason.of(reason));
        assertThat(ended.killed()).isTrue();
        assertThat(ended.exitCode()).isNull();
        RunsFixture.awaitUntil(() -> !worker.holds(given));
    }

    /** The two that are ours alone included, whose ways there are the supervisor's tests'. */
    @ParameterizedTest
    @EnumSource
    void everyReasonIsReadAsItWasWritten(KillReason reason) {
        RunId run = submitted();
        worker.begin(claimed(run));
        RunRef given = sandbox.given(run);
        sandbox.starts(given);
        sandbox.ends(given, new Ending.Killed(dev.artemis.sandbox.KillReason.CPU_TIME));
        RunsFixture.awaitUntil(() -> runs.summary(developer, run).status().ended());

        change(run, "kill_reason = '" + reason.name() + "'");

        assertThat(runs.summary(developer, run).killReason()).isEqualTo(reason);
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
