package dev.artemis.statements;

import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.exports.FocusRules;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.json.JsonMapper;

/** Teams around the end of a month, through the API. */
abstract class AtAMonthsEnd {

    static final Instant IN_OCTOBER = Instant.parse("2027-10-31T22:50:00Z");
    static final Instant IN_NOVEMBER = Instant.parse("2027-10-31T23:05:00Z");
    static final String OCTOBER = "from=2027-10-01&to=2027-11-01";
    static final String NOVEMBER = "from=2027-11-01&to=2027-12-01";
    static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    final MockMvcTester mvc;
    final JsonMapper json;
    final Database database;

    AtAMonthsEnd(MockMvcTester mvc, JsonMapper json, Database database) {
        this.mvc = mvc;
        this.json = json;
        this.database = database;
    }

    /** A team that made a call in October and, now that October is over, one in November. */
    TestTeam spentInTwoMonths(MovedClock clock) throws SQLException {
        TestTeam team = aTeam();
        clock.standAt(IN_OCTOBER);
        team.post("/calls", CALL);
        clock.standAt(IN_NOVEMBER);
        team.post("/calls", CALL);
        return team;
    }

    /** A team that made a call in October, which is over now. */
    TestTeam spentInOctober(MovedClock clock) throws SQLException {
        TestTeam team = aTeam();
        clock.standAt(IN_OCTOBER);
        team.post("/calls", CALL);
        clock.standAt(IN_NOVEMBER);
        return team;
    }

    TestTeam aTeam() {
        return TestTeam.fresh(mvc, json);
    }

    static String csv(TestTeam team, String period) {
        return TestTeam.body(team.admin().get("/admin/reports/costs?format=csv&tenant=" + team.slug() + "&" + period));
    }

    static MvcTestResult verification(TestTeam team, String month) {
        return team.admin().get(path(team) + "/" + month + "/verification");
    }

    static MvcTestResult close(TestTeam team, String month) {
        return team.admin().post(path(team), "{\"month\": \"" + month + "\"}");
    }

    static String path(TestTeam team) {
        return "/admin/tenants/" + team.slug() + "/statements";
    }

    static String total(TestTeam team, String period) {
        return team.json(team.get("/costs?" + period)).get("total").asString();
    }

    /** What is wrong with a FOCUS file whose days and months are those of windows. */
    static List<String> focusFaults(TestTeam team, String period) {
        return FocusRules.ofFile(TestTeam.body(
                team.admin().get("/admin/reports/costs?format=focus&tenant=" + team.slug() + "&" + period)));
    }

    List<String> windowsThatDoNotAddUp(TestTeam team) throws SQLException {
        return strings("""
                select w.level || ' ' || w.period || ' ' || w.period_start || ': ' || w.spent || ' is not ' || e.cost
                from artemis.windows w cross join lateral (
                  select coalesce(sum(cost), 0) as cost from artemis.entries e
                  where e.tenant_id = w.tenant_id
                    and case w.level when 'tenant' then true when 'project' then e.project_id = w.level_id
                                     else e.key_id = w.level_id end
                    and case w.period when 'daily' then e.day = w.period_start
                                      else date_trunc('month', e.day) = w.period_start end) e
                where w.tenant_id = (select tenant_id from artemis.tenants where slug = '%s')
                  and (w.spent <> e.cost or w.reserved <> 0 and w.period_start < '2027-11-01')""".formatted(team.slug()));
    }

    void asOwner(String sql) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    List<String> strings(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
