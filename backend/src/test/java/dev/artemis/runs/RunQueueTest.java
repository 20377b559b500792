package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RunId;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** The queue under several workers, none of which is the process's own. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class RunQueueTest {

    private static final Caller PLATFORM = new Caller.Platform("test");

    private final Runs runs;
    private final AdmitRuns admitRuns;
    private final RunQueue queue;
    private final TenantTransactions transactions;
    private final RunRows rows;
    private final JdbcClient jdbc;
    private final Tenants tenants;
    private final RunQuotas quotas;
    private final RunsFixture fixture;
    private final List<Caller.ForProject> developers = new ArrayList<>();

    RunQueueTest(
            Runs runs,
            AdmitRuns admitRuns,
            RunQueue queue,
            TenantTransactions transactions,
            RunRows rows,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects,
            RunQuotas quotas) {
        this.runs = runs;
        this.admitRuns = admitRuns;
        this.queue = queue;
        this.transactions = transactions;
        this.rows = rows;
        this.jdbc = jdbc;
        this.tenants = tenants;
        this.quotas = quotas;
        this.fixture = new RunsFixture(tenants, projects);
    }

    @BeforeEach
    void nothingWaitsYet() {
        fixture.emptyQueue(runs, queue, transactions);
    }

    /** What one test leaves waiting must not be the next one's. */
    @AfterEach
    void nothingWaitsAnyMore() {
        developers.forEach(fixture::hold);
    }

    @Test
    void manyWorkersAtOnceTakeEachRunOnce() throws InterruptedException, ExecutionException {
        Caller.ForProject developer = aDeveloper();
        Set<UUID> submitted = new HashSet<>();
        IntStream.range(0, 60).forEach(i -> submitted.add(submit(developer).value()));

        List<RunRef> claimed = new ArrayList<>();
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<RunRef>>> answers = IntStream.range(0, 4)
                    .mapToObj(worker -> workers.submit(this::claimUntilNothingWaits))
                    .toList();
            for (Future<List<RunRef>> answer : answers) {
                claimed.addAll(answer.get());
            }
        }

        assertThat(claimed)
                .extracting(RunRef::run)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(submitted);
        assertThat(claimed).extracting(RunRef::fencingToken).doesNotHaveDuplicates();
    }

    @Test
    void aClaimIsWhatTheStateMachineSays() {
        Caller.ForProject developer = aDeveloper();
        RunId run = submit(developer);
        Run before = locked(developer, run);

        RunRef claimed = admitRuns.admit(UUID.randomUUID(), "local", 1).runs().getFirst();

        Run after = locked(developer, run);
        assertThat(after).isEqualTo(before.on(new RunEvent.Claimed(claimed.fencingToken()), before.dueAt()));
        assertThat(runs.newsAfter(developer, run, 0))
                .extracting(news -> ((RunNews.Moved) news).status())
                .containsExactly(RunStatus.QUEUED, RunStatus.SUBMITTING);
    }

    @Test
    void aTeamWithManyRunsDoesNotDelayAnothersFirst() {
        Caller.ForProject busy = aDeveloper();
        IntStream.range(0, 200).forEach(i -> submit(busy));
        admitRuns.admit(UUID.randomUUID(), "local", 3);
        Caller.ForProject quiet = aDeveloper();
        RunId first = submit(quiet);

        List<RunRef> next = admitRuns.admit(UUID.randomUUID(), "local", 1).runs();

        assertThat(next).extracting(RunRef::run).containsExactly(first.value());
    }

    @Test
    void aProjectHoldsNoMoreThanItMay() {
        Caller.ForProject developer = aDeveloper();
        fixture.change(developer, new ProjectChange(null, null, null, null, null, new ProjectChange.RunsAtOnce(2)));
        IntStream.range(0, 5).forEach(i -> submit(developer));

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs()).hasSize(2);
        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs()).isEmpty();
    }

    @Test
    void aTeamOfTwiceTheWeightIsTakenTwiceAsOften() {
        Caller.ForProject heavy = aDeveloper();
        Caller.ForProject light = aDeveloper();
        quotas.set(PLATFORM, heavy.tenant(), new RunQuota(200, null, null, null, null));
        IntStream.range(0, 12).forEach(i -> {
            submit(heavy);
            submit(light);
        });

        List<RunRef> claimed = admitRuns.admit(UUID.randomUUID(), "local", 9).runs();

        assertThat(claimed.stream()
                        .filter(run -> run.tenant().equals(heavy.tenant().value())))
                .hasSize(6);
    }

    @Test
    void aTeamHoldsNoMoreCpuThanItMay() {
        Caller.ForProject developer = aDeveloper();
        long each = valueOf(developer, submit(developer), "cpu_millicores");
        IntStream.range(0, 4).forEach(i -> submit(developer));
        quotas.set(PLATFORM, developer.tenant(), new RunQuota(100, null, null, 2 * each + 1, null));

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs()).hasSize(2);
        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Limited.class)
    void everyLimitHoldsThoughTwoWorkersDecidedOnTheSamePicture(Limited limited) {
        Caller.ForProject developer = aDeveloper();
        RunId one = submit(developer);
        RunId other = submit(developer);
        limitToOne(limited, developer, one);

        List<RunRef> first = transactions.acrossTenants(() -> queue.claim(List.of(one), UUID.randomUUID(), "local"));
        List<RunRef> second = transactions.acrossTenants(() -> queue.claim(List.of(other), UUID.randomUUID(), "local"));

        assertThat(first).hasSize(1);
        assertThat(second).isEmpty();
        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs()).isEmpty();
    }

    /** What may be limited. */
    private enum Limited {
        RUNS_OF_TEAM,
        CPU_OF_TEAM,
        MEMORY_OF_TEAM,
        RUNS_OF_PROJECT,
        CPU_OF_PROJECT,
        MEMORY_OF_PROJECT
    }

    private void limitToOne(Limited limited, Caller.ForProject developer, RunId run) {
        long cpu = 2 * valueOf(developer, run, "cpu_millicores") - 1;
        long memory = 2 * (valueOf(developer, run, "memory_bytes") >> 20) - 1;
        switch (limited) {
            case RUNS_OF_TEAM -> quotas.set(PLATFORM, developer.tenant(), new RunQuota(100, 1, null, null, null));
            case CPU_OF_TEAM -> quotas.set(PLATFORM, developer.tenant(), new RunQuota(100, null, null, cpu, null));
            case MEMORY_OF_TEAM ->
                quotas.set(PLATFORM, developer.tenant(), new RunQuota(100, null, null, null, memory));
            case RUNS_OF_PROJECT ->
                fixture.change(
                        developer, new ProjectChange(null, null, null, null, null, new ProjectChange.RunsAtOnce(1)));
            case CPU_OF_PROJECT ->
                quotas.set(PLATFORM, developer.tenant(), developer.project(), new RunQuota(100, null, null, cpu, null));
            case MEMORY_OF_PROJECT ->
                quotas.set(
                        PLATFORM, developer.tenant(), developer.project(), new RunQuota(100, null, null, null, memory));
        }
    }

    /** However many teams use less, but may have nothing now: they do not stand in the way. */
    @Test
    void teamsThatMayHaveNothingDoNotHideOthers() {
        Caller.ForProject able = aDeveloper();
        submit(able);
        admitRuns.admit(UUID.randomUUID(), "local", 1);
        RunId next = submit(able);
        IntStream.range(0, 12).forEach(i -> {
            Caller.ForProject held = aDeveloper();
            submit(held);
            fixture.hold(held);
        });

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 1).runs())
                .extracting(RunRef::run)
                .containsExactly(next.value());
    }

    @Test
    void aRunLargerThanAllThatItsTeamMayHoldIsRefused() {
        Caller.ForProject developer = aDeveloper();
        quotas.set(PLATFORM, developer.tenant(), new RunQuota(100, null, null, 1L, null));

        assertThatThrownBy(() -> submit(developer))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> assertThat(problem.errors())
                                .extracting(Problem.FieldFault::field)
                                .containsExactly("limits.cpu"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatALoweredLimitLetsNeverFitStandsInNobodysWay(boolean ofProject) {
        Caller.ForProject developer = aDeveloper();
        submit(developer, "1");
        RunId small = submit(developer, "0.5");

        RunQuota half = new RunQuota(100, null, null, 500L, null);
        if (ofProject) {
            quotas.set(PLATFORM, developer.tenant(), developer.project(), half);
        } else {
            quotas.set(PLATFORM, developer.tenant(), half);
        }

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs())
                .extracting(RunRef::run)
                .containsExactly(small.value());
    }

    /** One team alone gets all slots, though few of each project's runs are looked at first. */
    @Test
    void oneTeamAloneFillsEverySlot() {
        Caller.ForProject developer = aDeveloper();
        IntStream.range(0, 30).forEach(i -> submit(developer));

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 25).runs()).hasSize(25);
    }

    @Test
    void aProjectsOwnQueueIsFullBeforeItsTeams() {
        Caller.ForProject developer = aDeveloper();
        quotas.set(PLATFORM, developer.tenant(), developer.project(), new RunQuota(100, null, 1, null, null));
        submit(developer);

        assertThatThrownBy(() -> submit(developer))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(429));
    }

    @Test
    void priorityGoesBeforeAge() {
        Caller.ForProject developer = aDeveloper();
        submit(developer);
        RunRequest plain = RunRequest.of("shell", "true");
        RunId urgent = queued(runs.submit(
                developer,
                new RunRequest(plain.language(), plain.code(), null, null, null, null, null, null, null, 5)));

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 1).runs())
                .extracting(RunRef::run)
                .containsExactly(urgent.value());
    }

    @Test
    void aSuspendedTeamsRunsWait() {
        Caller.ForProject developer = aDeveloper();
        submit(developer);
        tenants.change(developer.tenant(), new TenantChange(null, null, true, null));

        assertThat(admitRuns.admit(UUID.randomUUID(), "local", 5).runs()).isEmpty();
    }

    @Test
    void anotherTeamSeesNothingOfTheQueue() {
        submit(aDeveloper());
        Caller.ForProject other = aDeveloper();

        int seen = transactions.inTenant(
                other.tenant(),
                () -> jdbc.sql("select count(*) from runs").query(Integer.class).single());
        int acrossTenants = transactions.acrossTenants(
                () -> jdbc.sql("select count(*) from runs").query(Integer.class).single());

        assertThat(seen).isZero();
        assertThat(acrossTenants).isZero();
    }

    private List<RunRef> claimUntilNothingWaits() {
        List<RunRef> mine = new ArrayList<>();
        List<RunRef> claimed;
        do {
            claimed = admitRuns.admit(UUID.randomUUID(), "local", 7).runs();
            mine.addAll(claimed);
        } while (!claimed.isEmpty() || waiting() > 0);
        return mine;
    }

    private int waiting() {
        return transactions.acrossTenants(() -> queue.waiting(1, 1).runs().size());
    }

    private Run locked(Caller.ForProject developer, RunId run) {
        return transactions.inTenant(
                developer.tenant(),
                () -> rows.lock(developer.tenant(), run).orElseThrow().run());
    }

    private long valueOf(Caller.ForProject developer, RunId run, String column) {
        return transactions.inTenant(
                developer.tenant(),
                () -> jdbc.sql("select " + column + " from runs where run_id = ?")
                        .param(run.value())
                        .query(Long.class)
                        .single());
    }

    private Caller.ForProject aDeveloper() {
        Caller.ForProject developer = fixture.aDeveloper();
        developers.add(developer);
        return developer;
    }

    private RunId submit(Caller.ForProject developer, String cores) {
        return queued(runs.submit(
                developer,
                RunRequest.of("shell", "true")
                        .withLimits(new RunRequest.LimitsRequest(
                                new BigDecimal(cores), null, null, null, null, null, null, null, null))));
    }

    private RunId submit(Caller.ForProject developer) {
        return queued(runs.submit(developer, RunRequest.of("shell", "true")));
    }

    private static RunId queued(Submission submission) {
        return ((Submission.Queued) submission).run().summary().id();
    }
}
