package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** What runs printed is kept for 90 days. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class OldOutputTest {

    private final Runs runs;
    private final AdmitRuns admitRuns;
    private final ObserveRuns observeRuns;
    private final RunRepairs repairs;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Caller.ForProject developer;

    OldOutputTest(
            Runs runs,
            AdmitRuns admitRuns,
            ObserveRuns observeRuns,
            RunRepairs repairs,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.runs = runs;
        this.admitRuns = admitRuns;
        this.observeRuns = observeRuns;
        this.repairs = repairs;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @Test
    void goesOnceItIsOldAndTheRunSaysSo() {
        RunId old = endedAgo(Duration.ofDays(91));
        RunId recent = endedAgo(Duration.ofDays(89));

        assertThat(repairs.pruneOutput()).isEqualTo(1);

        RunView view = runs.get(developer, old);
        assertThat(view.summary().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(view.stdout().text()).isEmpty();
        assertThat(view.stdout().truncated()).isTrue();
        assertThat(view.stdout().totalBytes()).isEqualTo(6);
        assertThat(runs.newsAfter(developer, old, 0)).hasOnlyElementsOfTypes(RunNews.Moved.class);
        assertThat(runs.get(developer, recent).stdout().text()).isEqualTo("hello\n");
        assertThat(repairs.pruneOutput()).isZero();
    }

    private RunId endedAgo(Duration age) {
        RunId run = ((Submission.Queued) runs.submit(developer, RunRequest.of("shell", "echo hello")))
                .run()
                .summary()
                .id();
        RunRef claimed = claimed(run);
        Instant now = Instant.now();
        Captured hello = new Captured(6, 6, 6);
        observeRuns.write(
                claimed,
                List.of(
                        new Observation.Output(Channel.STDOUT, 0, "hello\n".getBytes(StandardCharsets.UTF_8)),
                        new Observation.Finished(new Result(
                                new Ending.Exited(0),
                                new Usage(Duration.ofSeconds(1), Duration.ofSeconds(1), 1),
                                hello,
                                new Captured(0, 0, 0),
                                now,
                                now))));
        transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("update runs set finished_at = now() - make_interval(secs => :age) where run_id = :run")
                        .param("age", age.toSeconds())
                        .param("run", run.value())
                        .update());
        return run;
    }

    /** The database is shared: what tests of other things left waiting may come first. */
    private RunRef claimed(RunId run) {
        return Stream.generate(() ->
                        admitRuns.admit(UUID.randomUUID(), "local", 1).runs().getFirst())
                .filter(claimed -> claimed.run().equals(run.value()))
                .findFirst()
                .orElseThrow();
    }
}
