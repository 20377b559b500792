package dev.artemis.e2e.bench;

import dev.artemis.e2e.Api;
import dev.artemis.e2e.Instance;
import dev.artemis.e2e.Teams;
import dev.artemis.e2e.Teams.Team;
import dev.artemis.e2e.TemporaryHome;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Runs of the smallest Python program against bare processes of the same interpreter, in turns, so that what else the machine does weighs on
 * both: how much later than a bare process the result is there once a run was accepted, and whether the server's memory grows. How many
 * runs a second there are is asked of the sandbox itself ({@link SandboxInside}); what is left of that with request, scan, queue, money and
 * database is printed beside it.
 */
final class SandboxBench {

    private static final String PASS = """
            {"language": "python", "code": "pass", "stage": "testing"}""";

    private static final int ROUNDS = 8;
    private static final int ALONE = 12;
    private static final int IN_PAIRS = 30;
    private static final int GROWTH_RUNS = 1_000;

    private static final double MOST_MORE_MS = 60;
    private static final double MOST_GROWTH_MIB = 16;

    /** Of the machine's memory, after a collection as well: what the heap has room for, threads, compiled code and buffers with it. */
    private static final double MOST_RESIDENT_GROWTH_MIB = 64;

    private SandboxBench() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException, IOException {
        try (TemporaryHome home = TemporaryHome.create();
                Instance instance = Instance.start(home.path())) {
            System.out.println("Sandbox: \"pass\" by POST /runs, against /usr/bin/python3 -c pass, in turns, "
                    + Runtime.getRuntime().availableProcessors() + " processors");
            Team team = Teams.create(instance);
            Load.of(2, 150, () -> run(team.api()));
            boolean good = alone(team.api());
            inPairs(team.api());
            good &= growth(team.api(), ServerMemory.of(instance));
            if (!good) {
                throw new IllegalStateException("not what was expected");
            }
        }
        try (TemporaryHome folder = TemporaryHome.create()) {
            Inside.run(SandboxInside.class, folder.path());
        }
    }

    /** One at a time: from the 202 to the answer that has the result. */
    private static boolean alone(Api api) throws InterruptedException, ExecutionException {
        double[] bare = new double[ROUNDS];
        double[] sandbox = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = Load.of(1, ALONE, BareProcess::pass).percentile(50);
            sandbox[round] = acceptedToResult(api);
        }
        double more = median(sandbox) - median(bare);
        System.out.printf(
                "one at a time, median ms: bare %.1f, run %.1f from accepted to its result: %.1f more (at most %.0f)%n",
                median(bare), median(sandbox), more, MOST_MORE_MS);
        return more <= MOST_MORE_MS;
    }

    private static double acceptedToResult(Api api) {
        double[] each = new double[ALONE];
        for (int i = 0; i < ALONE; i++) {
            String location = api.post("runs", PASS).expect(202).header("Location");
            long accepted = System.nanoTime();
            result(api, location);
            each[i] = (System.nanoTime() - accepted) / 1e6;
        }
        return median(each);
    }

    private static void inPairs(Api api) throws InterruptedException, ExecutionException {
        double[] bare = new double[ROUNDS];
        double[] sandbox = new double[ROUNDS];
        double[] shares = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = Load.of(2, IN_PAIRS, BareProcess::pass).perSecond();
            sandbox[round] = Load.of(2, IN_PAIRS, () -> run(api)).perSecond();
            shares[round] = sandbox[round] / bare[round];
        }
        System.out.printf(
                "2 at a time, with request, scan, queue, money and database, a second: bare %.1f, runs %.1f: share %.2f; of each round %s%n",
                median(bare),
                median(sandbox),
                median(shares),
                Stream.of(Arrays.stream(shares).boxed().toArray(Double[]::new))
                        .map("%.2f"::formatted)
                        .toList());
    }

    private static boolean growth(Api api, ServerMemory memory) throws InterruptedException, ExecutionException {
        double before = memory.heapMib();
        double residentBefore = memory.residentMib();
        System.out.printf("server before: heap %.1f MiB after collection, resident %.0f MiB%n", before, residentBefore);
        for (int done = 0; done < GROWTH_RUNS; done += GROWTH_RUNS / 4) {
            Load load = Load.of(5, GROWTH_RUNS / 20, () -> run(api));
            System.out.printf(
                    "server after %,d runs: heap %.1f MiB, resident %.0f MiB; %.1f runs a second, answers %s%n",
                    done + GROWTH_RUNS / 4, memory.heapMib(), memory.residentMib(), load.perSecond(), load.answers());
        }
        double grown = memory.heapMib() - before;
        double residentGrown = memory.residentMib() - residentBefore;
        System.out.printf(
                "grown over %,d runs: heap by %.1f MiB (at most %.0f), resident by %.0f MiB (at most %.0f)%n",
                GROWTH_RUNS, grown, MOST_GROWTH_MIB, residentGrown, MOST_RESIDENT_GROWTH_MIB);
        return grown <= MOST_GROWTH_MIB && residentGrown <= MOST_RESIDENT_GROWTH_MIB;
    }

    private static int run(Api api) {
        return result(api, api.post("runs", PASS).expect(202).header("Location"));
    }

    /** 200 for the right result; anything else ends the benchmark. */
    private static int result(Api api, String location) {
        JsonNode run = api.get(location + "?wait_seconds=60").expect(200).json();
        if (!run.get("status").asString().equals("SUCCEEDED")) {
            throw new IllegalStateException("not the right result: " + run);
        }
        return 200;
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
