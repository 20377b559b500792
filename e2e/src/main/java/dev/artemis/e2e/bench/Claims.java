package dev.artemis.e2e.bench;

import dev.artemis.e2e.OwnDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one claim costs the database, as a worker makes it, in one transaction: what is held, what waits, and then the take of the fairest,
 * committed. A worker's connection is no new one: some claims warm it first.
 */
final class Claims {

    private static final int TEAMS = 1_000;
    private static final int CLAIMS = 300;
    private static final int WARMING = 200;
    private static final int SLOTS = 200;
    private static final int RUNS_EACH = 8;
    private static final int LOOKS = 50;
    private static final long MUCH = Long.MAX_VALUE / 2;

    /** What all runs share, as k8s/base says. */
    private static final long CPU_THERE = 256_000;

    private static final long MEMORY_THERE = 1L << 40;
    private static final Pattern COST = Pattern.compile("\"Total Cost\": ([0-9.]+)");

    private final OwnDatabase database;

    Claims(OwnDatabase database) {
        this.database = database;
    }

    /**
     * One claim, in milliseconds.
     *
     * @param statements without the commit, which waits for the disk
     * @param stalled for how long of both it was ready to go on, and others had the processors
     */
    private record Claim(double statements, double commit, double stalled) {

        double all() {
            return statements + commit;
        }

        double own() {
            return all() - stalled;
        }
    }

    /**
     * With 100,000 runs waiting, in milliseconds.
     *
     * @param nearlyAll what 95 of 100 claims take at most, whatever the machine did beside them
     * @param each what each takes at most, but for the time that others had the processors
     */
    record Longest(double nearlyAll, double each) {}

    /**
     * Of one free slot, and of a worker with many.
     *
     * @param most that one may take, in milliseconds
     */
    Longest measure(double most) throws SQLException {
        Longest longest = new Longest(0, 0);
        try (Connection connection = database.connect()) {
            teams(connection);
            for (int each : new int[] {1, 100}) {
                wait(connection, each);
                long waiting = database.count("select count(*) from runs where status = 'QUEUED'");
                List<Claim> claims = claims(connection);
                System.out.printf(
                        "%,d runs of %,d teams wait; the plan's cost is %s%n", waiting, TEAMS, planCost(connection));
                double nearlyAll = told("a claim", claims, Claim::all);
                told("  its statements", claims, Claim::statements);
                told("  its commit", claims, Claim::commit);
                told("  but for the time that others had the processors, it", claims, Claim::own);
                longest = new Longest(
                        nearlyAll, claims.stream().mapToDouble(Claim::own).max().orElseThrow());
                claims.stream()
                        .filter(claim -> claim.all() > most)
                        .forEach(claim -> System.out.printf(
                                "  one took longer than %.0f ms: %.2f, and its commit %.2f; %.2f of that others had the processors%n",
                                most, claim.statements(), claim.commit(), claim.stalled()));
                System.out.printf(
                        "  a look of a worker with %d free slots, and of one that finds no room though every team waits (ms): median %.2f and %.2f%n",
                        SLOTS, looks(connection, SLOTS * 2), looks(connection, TEAMS));
            }
        }
        return longest;
    }

    /** Returns what 95 of 100 take at most. */
    private static double told(String what, List<Claim> claims, ToDoubleFunction<Claim> part) {
        double[] sorted = claims.stream().mapToDouble(part).sorted().toArray();
        double nearlyAll = sorted[sorted.length * 95 / 100];
        System.out.printf(
                "%s takes (ms) median %.2f, 95 %% %.2f, 99 %% %.2f, most %.2f, of %d%n",
                what,
                sorted[sorted.length / 2],
                nearlyAll,
                sorted[sorted.length * 99 / 100],
                sorted[sorted.length - 1],
                sorted.length);
        return nearlyAll;
    }

    private static void teams(Connection connection) throws SQLException {
        execute(connection, """
                insert into tenants (tenant_id, slug, name, time_zone, created_at)
                select gen_random_uuid(), 'bench-' || n, 'Bench', 'UTC', now() from generate_series(1, %d) n""".formatted(TEAMS));
        execute(connection, """
                insert into projects (project_id, tenant_id, slug, name, created_at)
                select gen_random_uuid(), tenant_id, 'code', 'Code', now() from tenants where slug like 'bench-%'""");
    }

    /** Each of a project's runs by a commit of its own, as they come: what was counted before can be tidied up between. */
    private static void wait(Connection connection, int each) throws SQLException {
        for (int i = 0; i < each; i++) {
            execute(connection, """
                    insert into runs (run_id, tenant_id, project_id, language, priority, cpu_millicores, memory_bytes, wall_ms,
                      output_bytes, status, attempt, fencing_token, faults, faults_allowed, cancel_requested, due_at, created_at)
                    select gen_random_uuid(), p.tenant_id, p.project_id, 'python', %d %% 3, 100, 67108864, 1000,
                      1000, 'QUEUED', 0, 0, 0, 3, false, now(), now()
                    from projects p where p.slug = 'code'""".formatted(i));
        }
        execute(connection, "vacuum analyze");
        execute(connection, "checkpoint");
    }

    private static List<Claim> claims(Connection connection) throws SQLException {
        UUID worker = UUID.randomUUID();
        List<Claim> claims = new ArrayList<>();
        ProcessorWaits waits = ProcessorWaits.of(connection);
        connection.setAutoCommit(false);
        for (int i = -WARMING; i < CLAIMS; i++) {
            double waitedBefore = waits.millis();
            long began = System.nanoTime();
            held(connection);
            UUID next = waiting(connection);
            if (!claim(connection, next, worker)) {
                throw new IllegalStateException("not claimed: " + next);
            }
            long taken = System.nanoTime();
            connection.commit();
            long committed = System.nanoTime();
            if (i >= 0) {
                claims.add(new Claim((taken - began) / 1e6, (committed - taken) / 1e6, waits.millis() - waitedBefore));
            }
        }
        connection.setAutoCommit(true);
        return claims;
    }

    private static void held(Connection connection) throws SQLException {
        execute(connection, "select cpu_millicores, memory_bytes from door.held_in_all()");
    }

    /** The median of so many teams' first runs, as many of each project as a worker looks at first. */
    private static double looks(Connection connection, int teams) throws SQLException {
        double[] millis = new double[LOOKS];
        for (int i = 0; i < LOOKS; i++) {
            long began = System.nanoTime();
            try (PreparedStatement statement =
                    connection.prepareStatement("select * from door.waiting_runs(?, ?, ?, ?, 1000, ?, ?)")) {
                statement.setLong(1, CPU_THERE);
                statement.setLong(2, MEMORY_THERE);
                statement.setInt(3, teams);
                statement.setInt(4, RUNS_EACH);
                statement.setLong(5, MUCH);
                statement.setLong(6, MUCH);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        rows.getObject("run_id");
                    }
                }
            }
            millis[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(millis);
        return millis[LOOKS / 2];
    }

    private static UUID waiting(Connection connection) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select run_id from door.waiting_runs(?, ?, 2, 1, 1000, ?, ?)")) {
            statement.setLong(1, CPU_THERE);
            statement.setLong(2, MEMORY_THERE);
            statement.setLong(3, MUCH);
            statement.setLong(4, MUCH);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getObject(1, UUID.class);
            }
        }
    }

    private static boolean claim(Connection connection, UUID run, UUID worker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select run_id from door.claim_runs(array[?::uuid], ?, 'bench', 1000, ?, ?, ?, ?)")) {
            statement.setObject(1, run);
            statement.setObject(2, worker);
            statement.setLong(3, MUCH);
            statement.setLong(4, MUCH);
            statement.setLong(5, CPU_THERE);
            statement.setLong(6, MEMORY_THERE);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** Of the statement within the door, which a plan of the call does not show. */
    private static String planCost(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            String source;
            try (ResultSet rows = statement.executeQuery("select prosrc from pg_proc where proname = 'waiting_runs'")) {
                rows.next();
                source = rows.getString(1);
            }
            String query = source.replace("waiting_runs.running_at_most", "1000")
                    .replaceAll("\\bcpu_there\\b", Long.toString(CPU_THERE))
                    .replaceAll("\\bmemory_there\\b", Long.toString(MEMORY_THERE))
                    .replaceAll("\\btenants_at_most\\b", "2")
                    .replaceAll("\\bruns_each\\b", "1")
                    .replaceAll("\\b(cpu|memory)_at_most\\b", Long.toString(MUCH));
            try (ResultSet rows = statement.executeQuery("explain (format json) " + query)) {
                rows.next();
                Matcher cost = COST.matcher(rows.getString(1));
                return cost.find() ? cost.group(1) : "unknown";
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
