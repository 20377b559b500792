package dev.artemis.e2e.bench;

import dev.artemis.e2e.Api;
import dev.artemis.e2e.Instance;
import dev.artemis.e2e.Teams;
import dev.artemis.e2e.Teams.Team;
import dev.artemis.e2e.TemporaryHome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What checking a key costs: the same call that does nothing, with a good key and with none, taken in turns so that the machine's
 * moods hit both; and how often a request waits for the database to tell of its key, and how often the database is asked beside them.
 */
final class AccessBench {

    /** Answers everybody, and looks at a key where one is shown. */
    private static final String CALL = "/actuator/health/liveness";

    private static final int ROUNDS = 20;
    private static final int TIMES = 200;

    private AccessBench() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        try (TemporaryHome home = TemporaryHome.create();
                Instance instance = Instance.start(
                        home.path(),
                        Map.of(
                                "ARTEMIS_API_REQUESTSPERSECONDBYADDRESS",
                                "1000000",
                                "ARTEMIS_API_REQUESTSPERSECONDBYKEY",
                                "1000000"))) {
            System.out.println("Access: GET " + CALL + " with a project's key and with none, one at a time, "
                    + Runtime.getRuntime().availableProcessors() + " processors");
            Team team = Teams.create(instance);
            Api nobody = team.api().withoutKey();
            Load.of(4, 500, () -> team.api().get(CALL).status());
            Load.of(4, 500, () -> nobody.get(CALL).status());
            List<Double> differences = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            List<Double> without = new ArrayList<>();
            double before = counted(instance, "lookups");
            double together = counted(instance, "refreshes");
            long start = System.nanoTime();
            for (int round = 0; round < ROUNDS; round++) {
                Load known = Load.of(1, TIMES, () -> team.api().get(CALL).status());
                Load unknown = Load.of(1, TIMES, () -> nobody.get(CALL).status());
                expect(known);
                expect(unknown);
                with.add(known.percentile(50));
                without.add(unknown.percentile(50));
                differences.add(known.percentile(50) - unknown.percentile(50));
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            // the last of them is the admin's own, whose key reads the counters
            double asked = counted(instance, "lookups") - before - 1;
            double beside = counted(instance, "refreshes") - together;
            System.out.printf(
                    "median with a key %.3f ms, without %.3f ms; %.3f ms more (median of %d rounds of %d)%n",
                    middle(with), middle(without), middle(differences), ROUNDS, TIMES);
            System.out.printf(
                    "%.0f of %,d requests with the key waited for the database in %.1f s: %.2f a second; beside them it was asked"
                            + " %.2f times a second about all keys together%n",
                    Math.max(0, asked), ROUNDS * TIMES, seconds, Math.max(0, asked) / seconds, beside / seconds);
        }
    }

    private static void expect(Load load) {
        if (!load.answers().keySet().equals(Set.of(200))) {
            throw new IllegalStateException("not what was expected: " + load);
        }
    }

    private static double counted(Instance instance, String what) {
        Matcher found = Pattern.compile("(?m)^artemis_key_" + what + "_total(?:\\{[^}]*})? ([0-9.E]+)$")
                .matcher(instance.admin().get("/actuator/prometheus").body());
        if (!found.find()) {
            throw new IllegalStateException("the server does not count its look-ups");
        }
        return Double.parseDouble(found.group(1));
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
