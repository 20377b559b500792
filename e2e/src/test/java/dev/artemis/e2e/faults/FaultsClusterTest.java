package dev.artemis.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.e2e.Api;
import dev.artemis.e2e.Cluster;
import dev.artemis.e2e.OwnDatabase;
import dev.artemis.e2e.Teams;
import dev.artemis.e2e.Teams.Team;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Two hundred runs on two workers and two APIs, while whatever they stand on dies: each ends once, and nothing is left. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("cluster")
@EnabledIfEnvironmentVariable(
        named = "KUBECONFIG",
        matches = ".+",
        disabledReason = "no cluster: ./artemis test brings one up where it may")
@Order(1)
class FaultsClusterTest {

    private static final String OWNER = "faults";
    private static final int TEAMS = 3;
    private static final int RUNS_OF_EACH = 10; // and team and fault: 210 in all, and those of the outage
    private static final int SOME_ENDED = 3;
    private static final int RUNS_DURING_THE_OUTAGE = 20;
    private static final int CANCELLED = 4;
    private static final int LONG_SECONDS = 100;
    /** Two seconds of ours, and the cluster's: the Job is changed, its controller ends the pod, and its node tells that it has ended. */
    private static final Duration CANCELLED_WITHIN = Duration.ofSeconds(10);

    /** Measured 0.7 to 1.5 s: what others go on with is left to them. */
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration RECONCILED_WITHIN = Duration.ofSeconds(30);

    /** A mark of its own for whoever executes it, then numbers for some seconds, then that it is done. */
    private static final String CODE = """
            import os, sys, time
            print('mark', os.urandom(8).hex(), flush=True)
            for number in range(20):
                print(number, flush=True)
                time.sleep(%s / 20)
            print('done')
            sys.stderr.write('e' * 3000)
            """;

    private static final String NUMBERS = String.join(
            "", java.util.stream.IntStream.range(0, 20).mapToObj(n -> n + "\n").toList());

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void everyRunEndsOnceWhateverDies() throws IOException, InterruptedException {
        Path kubeconfig = Path.of(System.getenv("KUBECONFIG"));
        Cluster cluster = Cluster.of(kubeconfig, OWNER);
        try (OwnDatabase database = OwnDatabase.start(made("database"));
                Road road = new Road(cluster.server());
                Witness witness = new Witness(cluster)) {
            Map<String, String> environment = Map.of(
                    "ARTEMIS_DATABASE_URL", database.url(),
                    "ARTEMIS_ROLES", "api,worker",
                    "ARTEMIS_SANDBOX", "kubernetes",
                    "ARTEMIS_SANDBOX_IMAGE", "localhost/python:test", // the test cluster's own
                    "ARTEMIS_SANDBOX_KUBERNETES_NAMESPACE", "artemis-runs-faults",
                    "ARTEMIS_SANDBOX_KUBERNETES_OWNER", OWNER,
                    "ARTEMIS_SANDBOX_KUBERNETES_QUOTA_JOBS", "4", // of each team: fewer than workers would take
                    "ARTEMIS_RUN_SLOTS", "10",
                    "KUBECONFIG", road.kubeconfig(kubeconfig, folder).toString());
            try (Server one = new Server(made("one"), environment);
                    Server two = new Server(made("two"), environment)) {
                Scenario scenario = new Scenario(database, cluster, road, one, two);
                scenario.play();
                scenario.awaitAll();
                scenario.verify();
                verifyThatNothingRanTwice(witness, database);
            }
            assertThat(database.count("select count(*) from workers"))
                    .as("leases after all workers left")
                    .isZero();
        } finally {
            cluster.deleteNamespaces();
        }
    }

    private Path made(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static void verifyThatNothingRanTwice(Witness witness, OwnDatabase database) {
        Map<String, Set<String>> started = witness.startedPods();
        assertThat(started)
                .allSatisfy((attempt, pods) ->
                        assertThat(pods).as("pods that executed " + attempt).hasSize(1));
        long attempts = database.count("select sum(attempt) from runs");
        assertThat((long) started.size()).as("attempts that were executed").isLessThanOrEqualTo(attempts);
        if (witness.beginnings() > 1) {
            System.out.println(
                    "faults: the cluster forgot what the witness had not seen yet: not all attempts are known");
            return;
        }
        assertThat(started.keySet())
                .as("attempts that were seen")
                .containsAll(database.list(
                        "select run_id, attempt from runs where status = 'SUCCEEDED'", FaultsClusterTest::jobName));
    }

    /** @param row a run's id, and the number of its attempt */
    private static String jobName(ResultSet row) throws SQLException {
        return "run-" + row.getString(1) + "-" + row.getInt(2);
    }

    /** What happens, in order, and what must hold afterwards. */
    private static final class Scenario {

        private final OwnDatabase database;
        private final Cluster cluster;
        private final Road road;
        private final Server one;
        private final Server two;
        private final Map<String, Team> runs = new LinkedHashMap<>();
        private final List<Team> teams = new ArrayList<>();
        private final List<String> cancelled = new ArrayList<>();
        private final long began = System.nanoTime();

        Scenario(OwnDatabase database, Cluster cluster, Road road, Server one, Server two) {
            this.database = database;
            this.cluster = cluster;
            this.road = road;
            this.one = one;
            this.two = two;
        }

        void play() throws IOException, InterruptedException {
            for (int i = 0; i < TEAMS; i++) {
                teams.add(Teams.create(one.instance()));
            }
            whileRunsGoOn("a worker is killed", () -> {
                two.killAndStart();
                reconciled();
            });
            whileRunsGoOn("a worker is killed, and none of its name comes back", () -> {
                two.kill();
                until(
                        Duration.ofSeconds(60),
                        "the lease of the killed one ends",
                        () -> database.count("select count(*) from workers where lease_until > now()") == 1);
                reconciled();
                two.startAnew();
            });
            whileRunsGoOn("the cluster's API server is cut off", () -> {
                road.block(Duration.ofSeconds(20));
                reconciled();
            });
            whileRunsGoOn("a pod and a Job are deleted behind our back, and some runs cancelled", () -> {
                deleteBehindOurBack();
                cancelSome();
                cancelByTheOther();
            });
            whileRunsGoOn("the watch breaks", road::breakAll);
            whileRunsGoOn("the database dies", () -> {
                database.crash();
                Thread careful = Thread.ofPlatform().start(this::submitDuringTheOutage);
                Thread.sleep(Duration.ofSeconds(10)); // that is the outage
                database.restart();
                reconciled();
                careful.join();
            });
            whileRunsGoOn("rolling restart", () -> {
                stopAndStart(one);
                stopAndStart(two);
                reconciled();
            });
        }

        private void stopAndStart(Server server) {
            Duration took = server.stopAndStart();
            say("it ended within " + took.toMillis() + " ms, and is there again");
            assertThat(took)
                    .as("the end of an instance whose runs others go on with")
                    .isLessThan(STOPPED_WITHIN);
        }

        /** Something that happens in the midst of runs. */
        @FunctionalInterface
        private interface Fault {
            void happen() throws IOException, InterruptedException;
        }

        private void whileRunsGoOn(String what, Fault fault) throws IOException, InterruptedException {
            long before = ended();
            for (int i = 0; i < RUNS_OF_EACH; i++) {
                for (Team team : teams) {
                    submit(team, secondsOf(i));
                }
            }
            until(PATIENCE, "runs go on", () -> ended() >= before + SOME_ENDED);
            say(what);
            fault.happen();
            say("that is over");
        }

        private void reconciled() {
            long began = System.nanoTime();
            until(RECONCILED_WITHIN, "nobody's runs are somebody's again", () -> orphaned() == 0);
            // runs go on: what is seen in the midst of a claim or of an end is another thing at the next look
            Set<String> stays = new HashSet<>(differences());
            until(
                    RECONCILED_WITHIN.minusNanos(System.nanoTime() - began),
                    "the cluster and the database agree",
                    () -> {
                        stays.retainAll(differences());
                        return stays.isEmpty();
                    },
                    () -> stays);
        }

        /** Jobs of no attempt that is held, and attempts that are held without a Job. A Job that is being deleted is neither. */
        private Set<String> differences() {
            Set<String> jobs = cluster.jobs().stream()
                    .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
                    .map(job -> String.valueOf(job.getMetadata().getName()))
                    .collect(Collectors.toSet());
            Set<String> held = Set.copyOf(database.list(
                    "select run_id, attempt from runs where status in ('SUBMITTING', 'RUNNING')",
                    FaultsClusterTest::jobName));
            return Stream.concat(
                            jobs.stream().filter(job -> !held.contains(job)).map(job -> "Job without attempt: " + job),
                            held.stream()
                                    .filter(attempt -> !jobs.contains(attempt))
                                    .map(attempt -> "attempt without Job: " + attempt))
                    .collect(Collectors.toSet());
        }

        private static int secondsOf(int number) {
            return number % RUNS_OF_EACH == RUNS_OF_EACH - 1 ? 10 : number % 3;
        }

        private String submit(Team team, int seconds) {
            String code = CODE.formatted(seconds).replace("\n", "\\n");
            String body = """
                    {"language": "python", "code": "%s", "stage": "faults", "priority": %d,
                     "limits": {"cpu": 0.1, "memory_mb": 64, "timeout_seconds": 120, "disk_mb": 4}}""".formatted(code, seconds == LONG_SECONDS ? 10 : 0);
            String run = new Submitter(team.api(), List.of(one.url(), two.url())).submit(body);
            runs.put(run, team);
            return run;
        }

        private void submitDuringTheOutage() {
            for (int i = 0; i < RUNS_DURING_THE_OUTAGE; i++) {
                submit(teams.get(i % TEAMS), secondsOf(i));
            }
        }

        private void deleteBehindOurBack() {
            V1Pod pod = oneDeleted(
                    () -> cluster.pods().stream()
                            .filter(there -> "Running".equals(there.getStatus().getPhase()))
                            .filter(there -> there.getMetadata().getDeletionTimestamp() == null)
                            .toList(),
                    cluster::delete);
            String lost = String.valueOf(pod.getMetadata().getLabels().get("job-name"));
            V1Job job = oneDeleted(
                    () -> cluster.jobs().stream()
                            .filter(there -> there.getStatus().getActive() != null)
                            .filter(there -> !lost.equals(there.getMetadata().getName()))
                            .toList(),
                    cluster::delete);
            say("gone: the pod of " + lost + ", and the Job "
                    + job.getMetadata().getName());
        }

        /** Runs are short: what was there when we looked may have ended by itself since. */
        private static <T> T oneDeleted(Supplier<List<T>> candidates, Predicate<T> delete) {
            List<T> found = new ArrayList<>();
            until(Duration.ofMinutes(1), "something runs", () -> {
                candidates.get().reversed().stream().filter(delete).findFirst().ifPresent(found::add);
                return !found.isEmpty();
            });
            return found.getFirst();
        }

        private void cancelSome() {
            List<String> candidates = database.list(
                    "select run_id from runs where status in ('QUEUED', 'RUNNING') order by status desc, created_at limit "
                            + CANCELLED,
                    row -> row.getString(1));
            candidates.forEach(run -> cancel(run, one));
        }

        private void cancel(String run, Server by) {
            Objects.requireNonNull(runs.get(run))
                    .api()
                    .at(by.url())
                    .post("runs/" + run + "/cancellation", "")
                    .expect(202);
            cancelled.add(run);
        }

        /** Runs that would go on for long, each at the instance that does not hold it. */
        private void cancelByTheOther() {
            List<String> longOnes =
                    teams.stream().map(team -> submit(team, LONG_SECONDS)).toList();
            for (String run : longOnes) {
                until(PATIENCE, "a long one runs", () -> !holder(run).isEmpty());
                boolean isOfOne =
                        holder(run).getFirst().contains(":" + one.url().getPort() + ":");
                long began = System.nanoTime();
                cancel(run, isOfOne ? two : one);
                until(
                        CANCELLED_WITHIN,
                        "a run of the other instance is cancelled",
                        () -> database.count("select count(*) from runs where status = 'CANCELLED' and run_id = '" + run
                                        + "'")
                                == 1);
                say("cancelled by the other within " + (System.nanoTime() - began) / 1_000_000 + " ms");
            }
        }

        /** The name of the worker that executes it. */
        private List<String> holder(String run) {
            return database.list(
                    "select w.name from runs r join workers w using (worker_id) where r.status = 'RUNNING' and r.run_id = '"
                            + run + "'",
                    row -> row.getString(1));
        }

        void awaitAll() {
            until(PATIENCE, "all runs have ended", () -> ended() == runs.size(), this::unended);
            say("all ended");
        }

        private long ended() {
            return database.count("select count(*) from runs where finished_at is not null");
        }

        private List<String> unended() {
            return database.list(
                    "select run_id, status, attempt, due_at, worker_id from runs where finished_at is null",
                    row -> "%s %s attempt %s, due %s, of worker %s"
                            .formatted(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)));
        }

        /** Runs that no living worker holds. */
        private long orphaned() {
            return database.count("""
                    select count(*) from runs r left join workers w on w.worker_id = r.worker_id and w.lease_until > now()
                    where r.status in ('SUBMITTING', 'RUNNING') and w.worker_id is null""");
        }

        void verify() {
            verifyEnds();
            verifyOutput();
            verifyMoney();
            verifyThatNothingIsLeft();
            System.out.println("faults: what was mended: "
                    + database.list(
                            "select kind, interventions, recoveries from supervision order by kind",
                            row -> row.getString(1) + " " + row.getLong(3) + " of " + row.getLong(2)));
        }

        private void verifyEnds() {
            assertThat(database.count("select count(*) from runs")).as("runs").isEqualTo(runs.size());
            List<String> unexpected =
                    database.list("""
                    select r.run_id, r.status, (select string_agg(concat_ws(' ', n.at::time(0), n.attempt, n.status, n.detail), ', '
                                                  order by n.number) from run_news n where n.run_id = r.run_id and n.kind = 'STATUS')
                    from runs r where r.status <> 'SUCCEEDED' and not r.cancel_requested""", row -> row.getString(1) + " " + row.getString(2) + ": " + row.getString(3));
            assertThat(unexpected).as("runs that did not succeed").isEmpty();
            assertThat(database.list("""
                    select run_id from run_news where status in ('SUCCEEDED', 'FAILED', 'KILLED', 'CANCELLED', 'LOST')
                    group by run_id having count(*) <> 1""", row -> row.getString(1)))
                    .as("runs that ended more than once")
                    .isEmpty();
            assertThat(database.count("select count(*) from run_news where detail = 'NO_CAPACITY'"))
                    .as("times that the quota was full")
                    .isPositive();
        }

        private void verifyOutput() {
            runs.forEach((run, team) -> {
                JsonNode view =
                        team.api().at(one.url()).get("runs/" + run).expect(200).json();
                if (view.get("status").asString().equals("SUCCEEDED")) {
                    assertThat(view.get("stdout").asString())
                            .as("output of " + run)
                            .matches("mark [0-9a-f]{16}\n" + NUMBERS + "done\n");
                    assertThat(view.get("stderr").asString()).hasSize(3000);
                    assertThat(view.get("truncated").get("stdout").asBoolean()).isFalse();
                } else {
                    assertThat(cancelled).contains(run);
                }
            });
        }

        /** Each run costs what its own row says that it used, at the rates that it was held at, once; and nothing is held any more. */
        private void verifyMoney() {
            List<String> wrong = database.list("""
                    select r.run_id, r.status, r.cost, h.amount, h.status, count(e.*), coalesce(sum(e.cost), 0),
                           r.cpu_us, r.max_memory_bytes, r.execution_us, h.cpu_second_rate, h.gib_second_rate
                    from runs r join holds h on h.hold_id = r.run_id left join entries e on e.refers_to = r.run_id
                    group by r.run_id, h.hold_id""", Scenario::wronglyBilled).stream()
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(wrong)
                    .as("runs that were not billed once, for what they used")
                    .isEmpty();
            for (Team team : teams) {
                BigDecimal told = runs.entrySet().stream()
                        .filter(run -> run.getValue().equals(team))
                        .map(run -> team.api()
                                .at(two.url())
                                .get("runs/" + run.getKey())
                                .json())
                        .map(run -> new BigDecimal(run.get("cost").asString()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                Api api = team.api().at(one.url());
                assertThat(new BigDecimal(api.get("costs?group_by=model")
                                .json()
                                .get("total")
                                .asString()))
                        .as("costs of " + team.slug())
                        .isEqualByComparingTo(told)
                        .isPositive();
            }
            assertThat(database.count("select count(*) from holds where status = 'held'"))
                    .as("holds")
                    .isZero();
            assertThat(database.count("select count(*) from windows where reserved <> 0"))
                    .as("reserved")
                    .isZero();
        }

        private static Optional<String> wronglyBilled(ResultSet row) throws SQLException {
            BigDecimal cost = row.getBigDecimal(3);
            BigDecimal used = BigDecimal.valueOf(row.getLong(8), 6)
                    .multiply(row.getBigDecimal(11))
                    .add(BigDecimal.valueOf(row.getLong(9))
                            .multiply(BigDecimal.valueOf(row.getLong(10), 6))
                            .divide(BigDecimal.valueOf(1 << 30), 9, RoundingMode.HALF_EVEN)
                            .multiply(row.getBigDecimal(12)));
            boolean right = row.getInt(6) <= 1
                    && cost.compareTo(row.getBigDecimal(7)) == 0
                    && cost.compareTo(used.min(row.getBigDecimal(4))) == 0;
            return right
                    ? Optional.empty()
                    : Optional.of("%s %s costs %s of %s %s, entries: %s of %s, used: %s"
                            .formatted(
                                    row.getString(1),
                                    row.getString(2),
                                    cost,
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getString(7),
                                    used));
        }

        private void verifyThatNothingIsLeft() {
            assertThat(database.count("""
                    select count(*) from run_queues
                    where (waiting, running, cpu_millicores, memory_bytes) <> (0, 0, 0, 0)"""))
                    .as("counters of queues that are not zero")
                    .isZero();
            until(Duration.ofMinutes(2), "no Job, pod or input is left", () -> left().isEmpty(), this::left);
        }

        /** What our runs have in the cluster; a team's namespace keeps one ConfigMap, the runner's. */
        private List<String> left() {
            Set<String> withRunner = new HashSet<>();
            List<V1ConfigMap> maps = cluster.configMaps().stream()
                    .filter(map ->
                            !isRunner(map) || !withRunner.add(map.getMetadata().getNamespace()))
                    .toList();
            return Stream.of(cluster.jobs(), cluster.pods(), cluster.secrets(), maps)
                    .<KubernetesObject>flatMap(List::stream)
                    .map(object -> object.getClass().getSimpleName() + " "
                            + object.getMetadata().getName())
                    .toList();
        }

        private static boolean isRunner(V1ConfigMap map) {
            Map<String, String> labels = map.getMetadata().getLabels();
            return labels != null && "artemis-runner".equals(labels.get("app.kubernetes.io/name"));
        }

        private void say(String what) {
            System.out.printf("faults: %3d s: %s%n", (System.nanoTime() - began) / 1_000_000_000, what);
        }
    }

    /** Waits for what is meant; an error that says what did not come. */
    private static void until(Duration most, String what, BooleanSupplier there) {
        until(most, what, there, List::of);
    }

    /** @param instead what there is instead, for the error */
    private static void until(Duration most, String what, BooleanSupplier there, Supplier<?> instead) {
        long deadline = System.nanoTime() + most.toNanos();
        while (!there.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as(() -> "waited " + most + " until " + what + " " + instead.get())
                    .isLessThan(deadline);
            LockSupport.parkNanos(100_000_000);
        }
    }
}
