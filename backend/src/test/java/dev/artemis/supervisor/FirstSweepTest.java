package dev.artemis.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.projects.Projects;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.Runs;
import dev.artemis.runs.RunsFixture;
import dev.artemis.runs.SandboxInMemory;
import dev.artemis.runs.WorkerOnDatabase;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** A worker whose sandbox cannot say at its start what it has. */
@WorkerOnDatabase
@TestPropertySource(properties = {"artemis.instance=first-sweep", "test.sandbox-away=true"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class FirstSweepTest {

    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final ReconcileRuns reconcileRuns;
    private final Caller.ForProject developer;

    FirstSweepTest(
            SandboxInMemory sandbox, Runs runs, ReconcileRuns reconcileRuns, Tenants tenants, Projects projects) {
        this.sandbox = sandbox;
        this.runs = runs;
        this.reconcileRuns = reconcileRuns;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void nothingIsClaimedBeforeASweepHasSucceeded() {
        RunId run = RunsFixture.submitted(runs, developer);
        assertThatThrownBy(reconcileRuns::sweep).hasMessage("the sandbox is away");

        // whoever would claim asks first how well the sandbox holds
        int asked = sandbox.asked();
        RunsFixture.awaitUntil(() -> sandbox.asked() > asked + 3);
        assertThat(runs.summary(developer, run).status()).isEqualTo(RunStatus.QUEUED);

        sandbox.comesBack();
        reconcileRuns.sweep();
        RunsFixture.awaitUntil(() -> sandbox.attempts(run).findFirst().isPresent());
    }
}
