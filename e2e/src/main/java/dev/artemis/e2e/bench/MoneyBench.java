package dev.artemis.e2e.bench;

import dev.artemis.e2e.Instance;
import dev.artemis.e2e.Teams;
import dev.artemis.e2e.Teams.Team;
import dev.artemis.e2e.TemporaryHome;
import java.math.BigDecimal;
import java.util.concurrent.ExecutionException;

/** Calls of one team, each admitted against a daily and a monthly limit: how many a second, and does the ledger add up? */
final class MoneyBench {

    private static final BigDecimal COST = new BigDecimal("0.0325");
    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private MoneyBench() {}

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        try (TemporaryHome home = TemporaryHome.create();
                Instance instance = Instance.start(home.path())) {
            System.out.println("Money: POST /calls, one team with two limits, "
                    + Runtime.getRuntime().availableProcessors()
                    + " processors shared by server, database and this client");
            Team team = Teams.create(instance);
            instance.admin()
                    .put("admin/tenants/" + team.slug() + "/budget", """
                    {"daily_limit": "100000", "monthly_limit": "1000000"}""")
                    .expect(200);
            Load warm = Load.of(16, 200, () -> team.api().post("calls", CALL).status());
            System.out.println("warming  " + warm);
            int calls = warm.sortedNanos().length;
            for (int workers : new int[] {1, 8, 64}) {
                Load load = Load.of(
                        workers,
                        6400 / workers / (workers == 1 ? 8 : 1),
                        () -> team.api().post("calls", CALL).status());
                System.out.println("measured " + load);
                calls += load.sortedNanos().length;
            }
            BigDecimal total = new BigDecimal(team.api()
                    .get("costs?group_by=stage")
                    .expect(200)
                    .json()
                    .get("total")
                    .asString());
            BigDecimal expected = COST.multiply(BigDecimal.valueOf(calls));
            System.out.printf("the ledger has %s for %,d calls; expected %s%n", total, calls, expected.toPlainString());
            if (total.compareTo(expected) != 0) {
                throw new IllegalStateException("not what was expected");
            }
        }
    }
}
