package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;
import org.springframework.util.unit.DataSize;

/** Workers with more slots than there is CPU, on a real PostgreSQL. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SharedCapacityTest {

    private static final int CORE = 1_000;
    private static final int SLOTS = 10;

    private final Runs runs;
    private final RunQueue queue;
    private final ObserveRuns observeRuns;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final RunsFixture fixture;
    private final List<Caller.ForProject> developers = new ArrayList<>();

    SharedCapacityTest(
            Runs runs,
            RunQueue queue,
            ObserveRuns observeRuns,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects) {
        this.runs = runs;
        this.queue = queue;
        this.observeRuns = observeRuns;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.fixture = new RunsFixture(tenants, projects);
    }

    @BeforeEach
    void nothingWaitsYet() {
        fixture.emptyQueue(runs, queue, transactions);
    }

    @AfterEach
    void nothingWaitsAnyMore() {
        developers.forEach(fixture::hold);
    }

    @Test
    void aTeamWithManyRunsLeavesWhatBecomesFreeToAnothersFirstThoughThatAsksForMore() {
        AdmitRuns workers = workersOf(4 * CORE);
        Caller.ForProject busy = aDeveloper();
        IntStream.range(0, 30).forEach(i -> submit(busy, 1));

        List<RunRef> running = admitted(workers);
        assertThat(running).hasSize(4);
        assertThat(admitted(workers)).isEmpty();

        Caller.ForProject quiet = aDeveloper();
        RunId first = submit(quiet, 2);
        end(running.get(0));
        assertThat(admitted(workers)).as("one core is free, and kept").isEmpty();
        end(running.get(1));
        assertThat(admitted(workers)).extracting(RunRef::run).containsExactly(first.value());
        assertThat(admitted(workers)).isEmpty();
        end(running.get(2));
        assertThat(admitted(workers))
                .singleElement()
                .extracting(RunRef::tenant)
                .isEqualTo(busy.tenant().value());
    }

    @Test
    void manyWorkersAtOnceHoldNoMoreThanThereIs() throws InterruptedException, ExecutionException {
        AdmitRuns bounded = workersOf(5 * CORE);
        Caller.ForProject one = aDeveloper();
        Caller.ForProject other = aDeveloper();
        IntStream.range(0, 20).forEach(i -> {
            submit(one, 1);
            submit(other, 1);
        });

        List<RunRef> claimed = new ArrayList<>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<RunRef>>> answers = IntStream.range(0, 6)
                    .mapToObj(worker -> workers.submit(() -> admitted(bounded)))
                    .toList();
            for (Future<List<RunRef>> answer : answers) {
                claimed.addAll(answer.get());
            }
        }

        assertThat(claimed).hasSize(5);
        assertThat(claimed.stream()
                        .filter(run -> run.tenant().equals(one.tenant().value())))
                .hasSizeBetween(2, 3);
    }

    /** A worker that decided on an older picture takes nothing past the one whose turn it is. */
    @Test
    void aClaimStopsAtTheFirstThatFindsNoRoom() {
        RunQueue bounded = queueOf(settings(2 * CORE));
        Caller.ForProject busy = aDeveloper();
        RunId running = submit(busy, 1);
        RunId small = submit(busy, 1);
        RunId large = submit(aDeveloper(), 2);
        assertThat(claimed(bounded, running)).hasSize(1);

        assertThat(claimed(bounded, large, small)).isEmpty();
        assertThat(claimed(bounded, small, large)).extracting(RunRef::run).containsExactly(small.value());
    }

    @Test
    void memoryIsBoundedToo() {
        RunSettings settings = settings(0, held("memory_bytes") + 2 * Limits.DEFAULTS.memoryBytes() + 1);
        Caller.ForProject busy = aDeveloper();
        IntStream.range(0, 5).forEach(i -> submit(busy, 1));

        assertThat(admitted(workers(settings))).hasSize(2);
    }

    /** Though each of them decided, on a picture of before, on another run of the same team. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void ofWhatEachTeamMayHoldManyWorkersAtOnceTakeNoMore(boolean cpu) throws InterruptedException, ExecutionException {
        long memory = 2 * Limits.DEFAULTS.memoryBytes() + 1;
        RunQueue bounded = queueOf(cpu ? eachTeam(2 * CORE + 1, 0) : eachTeam(0, memory));
        Caller.ForProject busy = aDeveloper();
        List<RunId> waiting =
                IntStream.range(0, 6).mapToObj(i -> submit(busy, 1)).toList();
        RunId another = submit(aDeveloper(), 1);

        int taken = 0;
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<RunRef>>> answers = waiting.stream()
                    .map(run -> workers.submit(() -> claimed(bounded, run)))
                    .toList();
            for (Future<List<RunRef>> answer : answers) {
                taken += answer.get().size();
            }
        }

        assertThat(taken).isEqualTo(2);
        assertThat(claimed(bounded, another)).hasSize(1);
    }

    @Test
    void aRunLargerThanAllThereIsIsRefusedAtItsSubmission() {
        Caller.ForProject developer = aDeveloper();
        QueueRoom room = new QueueRoom(jdbc, settings(0, Limits.DEFAULTS.memoryBytes() - 1));

        assertThatThrownBy(() -> transactions.inTenant(developer.tenant(), () -> {
                    room.require(developer, Limits.DEFAULTS);
                    return true;
                }))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(Problem.FieldFault::field)
                                .containsExactly("limits.memory_mb"));
    }

    private AdmitRuns workersOf(int free) {
        return workers(settings(free));
    }

    private AdmitRuns workers(RunSettings settings) {
        return new AdmitRuns(queueOf(settings), transactions, settings, new FullTeams());
    }

    private RunQueue queueOf(RunSettings settings) {
        return new RunQueue(jdbc, settings);
    }

    /** So that this much is free, whatever tests of other things left running. */
    private RunSettings settings(int free) {
        return settings(held("cpu_millicores") + free, 0);
    }

    private static RunSettings settings(long cpuMillicores, long memoryBytes) {
        return settings(0, 0, cpuMillicores, memoryBytes);
    }

    private static RunSettings eachTeam(long cpuMillicores, long memoryBytes) {
        return settings(cpuMillicores, memoryBytes, 0, 0);
    }

    private static RunSettings settings(long cpuOfATeam, long memoryOfATeam, long cpuMillicores, long memoryBytes) {
        return new RunSettings(
                SLOTS,
                1_000,
                cpuOfATeam,
                DataSize.ofBytes(memoryOfATeam),
                20_000,
                3,
                Duration.ZERO,
                Duration.ofSeconds(20),
                Duration.ofMinutes(3),
                Duration.ofSeconds(1),
                cpuMillicores,
                DataSize.ofBytes(memoryBytes));
    }

    private long held(String what) {
        return transactions.acrossTenants(() -> jdbc.sql("select " + what + " from door.held_in_all()")
                .query(Long.class)
                .single());
    }

    private static List<RunRef> admitted(AdmitRuns workers) {
        return workers.admit(UUID.randomUUID(), "local", SLOTS).runs();
    }

    private List<RunRef> claimed(RunQueue bounded, RunId... wanted) {
        return transactions.acrossTenants(() -> bounded.claim(List.of(wanted), UUID.randomUUID(), "local"));
    }

    private void end(RunRef run) {
        Captured nothing = new Captured(0, 0, 0);
        Instant now = Instant.now();
        Result result = new Result(
                new Ending.Exited(0),
                new Usage(Duration.ofSeconds(1), Duration.ofSeconds(1), 1L << 20),
                nothing,
                nothing,
                now,
                now);
        assertThat(observeRuns.write(run, List.of(new Observation.Finished(result))))
                .isEqualTo(ObserveRuns.Effect.OVER);
    }

    private Caller.ForProject aDeveloper() {
        Caller.ForProject developer = fixture.aDeveloper();
        developers.add(developer);
        return developer;
    }

    private RunId submit(Caller.ForProject developer, int cores) {
        RunRequest.LimitsRequest limits =
                new RunRequest.LimitsRequest(BigDecimal.valueOf(cores), null, null, null, null, null, null, null, null);
        return ((Submission.Queued)
                        runs.submit(developer, RunRequest.of("shell", "true").withLimits(limits)))
                .run()
                .summary()
                .id();
    }
}
