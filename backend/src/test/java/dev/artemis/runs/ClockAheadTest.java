package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;

/** This process's clock is an hour ahead of the database's. */
@WorkerOnDatabase
@Import(ClockAheadTest.Ahead.class)
@TestPropertySource(properties = "artemis.instance=clock-ahead")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ClockAheadTest {

    @TestConfiguration(proxyBeanMethods = false)
    static class Ahead {

        @Bean
        @Primary
        Clock clockAhead() {
            return Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        }
    }

    private final SandboxInMemory sandbox;
    private final Runs runs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Caller.ForProject developer;

    ClockAheadTest(
            SandboxInMemory sandbox,
            Runs runs,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.sandbox = sandbox;
        this.runs = runs;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void aRunIsDueByTheDatabasesClockAtFirstAndAgain() {
        RunId run = ((Submission.Queued) runs.submit(developer, RunRequest.of("shell", "true")))
                .run()
                .summary()
                .id();

        RunRef first = held(run, 1);
        sandbox.tell(first, new Observation.Failed(Failure.NO_CAPACITY, "full"));

        // after its pause of a second, and not an hour later
        held(run, 2);
        Boolean due = transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("select due_at <= now() from runs where run_id = :run")
                        .param("run", run.value())
                        .query(Boolean.class)
                        .single());
        assertThat(due).isTrue();
    }

    private RunRef held(RunId run, int attempt) {
        RunsFixture.awaitUntil(() -> found(run, attempt).isPresent());
        return found(run, attempt).orElseThrow();
    }

    private Optional<RunRef> found(RunId run, int attempt) {
        return sandbox.held().stream()
                .filter(ref -> ref.run().equals(run.value()) && ref.attempt() == attempt)
                .findFirst();
    }
}
