package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** A worker that looks by itself only once an hour. */
@WorkerOnDatabase
@TestPropertySource(properties = {"artemis.instance=admission-loop", "artemis.runs.poll=1h"})
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class AdmissionLoopTest {

    private final AdmissionLoop loop;
    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Caller.ForProject developer;

    AdmissionLoopTest(
            AdmissionLoop loop,
            SandboxInMemory sandbox,
            Runs runs,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.loop = loop;
        this.sandbox = sandbox;
        this.runs = runs;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    /** Nobody tells it: what another was taking, and did not take in the end, is still there a moment later. */
    @Test
    void whereAnotherWasFasterItLooksAgainAtOnce() {
        loop.stop();
        RunId run = ((Submission.Queued) runs.submit(developer, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();

        transactions.inTenant(developer.tenant(), () -> {
            jdbc.sql("select 1 from runs where run_id = ? for update")
                    .param(run.value())
                    .query(Integer.class)
                    .single();
            int looks = sandbox.asked();
            loop.start();
            RunsFixture.awaitUntil(() -> sandbox.asked() > looks + 2);
            return true;
        });

        RunsFixture.awaitUntil(
                () -> sandbox.held().stream().anyMatch(ref -> ref.run().equals(run.value())));
    }
}
