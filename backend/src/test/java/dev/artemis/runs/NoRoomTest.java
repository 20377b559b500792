package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.configuration.StartupReports;
import dev.artemis.db.Database;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** Two workers on one database: where the sandbox of one has no room, both make some. */
@WorkerOnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class NoRoomTest {

    private static final int REFUSALS = 50;

    /** In which a worker tells what came. */
    private static final int BEAT_MS = 100;

    private final SandboxInMemory here;
    private final SandboxInMemory elsewhere = new SandboxInMemory();
    private final Worker other;
    private final RunNotices othersNotices;
    private final Workers workers;
    private final JdbcClient jdbc;
    private final Runs runs;
    private final Caller.ForProject developer;

    NoRoomTest(
            SandboxInMemory here,
            Database database,
            RunSettings settings,
            Workers workers,
            JdbcClient jdbc,
            StartupReports checks,
            RunInputs inputs,
            TenantTransactions transactions,
            ObserveRuns observeRuns,
            Runs runs,
            Tenants tenants,
            Projects projects) {
        this.here = here;
        this.othersNotices = new RunNotices(database);
        this.other = new Worker(
                new ProcessSettings(Set.of("worker"), "without-room"),
                settings,
                providing(elsewhere),
                workers,
                checks,
                inputs,
                transactions,
                observeRuns,
                new FullTeams(),
                othersNotices);
        this.workers = workers;
        this.jdbc = jdbc;
        this.runs = runs;
        this.developer = new RunsFixture(tenants, projects).aDeveloper();
    }

    @BeforeEach
    void theOtherStarts() throws InterruptedException {
        CountDownLatch listening = new CountDownLatch(1);
        othersNotices.onQueue(listening::countDown);
        othersNotices.start();
        listening.await();
        other.start();
    }

    @AfterEach
    void theOtherStops() {
        othersNotices.stop();
        other.stop();
    }

    @Test
    void whereOneHasNoneForATeamAllMakeSome() {
        RunId run = RunsFixture.submitted(runs, developer);

        here.tell(here.given(run), new Observation.Failed(Failure.NO_CAPACITY, "exceeded quota"));

        UUID team = developer.tenant().value();
        RunsFixture.awaitUntil(() -> elsewhere.roomMadeFor().contains(team));
        RunsFixture.awaitUntil(() -> here.roomMadeFor().contains(team));
        runs.cancel(developer, run);
    }

    @Test
    void refusalsThatComeTogetherAreToldTogether() {
        AtomicInteger told = new AtomicInteger();
        UUID team = developer.tenant().value();
        othersNotices.onNoRoom(of -> told.addAndGet(of.equals(team) ? 1 : 0));
        RunId run = RunsFixture.submitted(runs, developer);
        RunRef given = here.given(run);

        long began = System.nanoTime();
        for (int i = 0; i < REFUSALS; i++) {
            here.tell(given, new Observation.Failed(Failure.NO_CAPACITY, "exceeded quota"));
        }

        RunsFixture.awaitUntil(() -> told.get() > 0);
        tellOfAnother();
        long beats = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / BEAT_MS;
        assertThat(told).hasValueLessThan(Math.toIntExact(beats) + 2);
        runs.cancel(developer, run);
    }

    /** Whatever was told before is heard by then. */
    private void tellOfAnother() {
        UUID team = UUID.randomUUID();
        workers.tellNoRoom(Set.of(team));
        RunsFixture.awaitUntil(() -> elsewhere.roomMadeFor().contains(team));
    }

    @Test
    void aNoticeThatNobodyCanReadIsPassedOver() {
        jdbc.sql("select pg_notify(:channel, 'of no team')")
                .param("channel", RunNotices.NO_ROOM)
                .query((row, number) -> true)
                .single();

        tellOfAnother();
    }

    private static ObjectProvider<Sandbox> providing(Sandbox sandbox) {
        return new ObjectProvider<>() {
            @Override
            public Stream<Sandbox> stream() {
                return Stream.of(sandbox);
            }
        };
    }
}
