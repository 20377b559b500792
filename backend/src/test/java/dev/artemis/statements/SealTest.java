package dev.artemis.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What makes a later change of a closed month visible. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class SealTest extends AtAMonthsEnd {

    SealTest(MockMvcTester mvc, JsonMapper json, Database database) {
        super(mvc, json, database);
    }

    @Test
    void aClosedMonthIsSealedAndItsSealIsThatOfTheExport() throws Exception {
        try (MovedClock clock = new MovedClock(database)) {
            TestTeam team = spentInTwoMonths(clock);

            JsonNode statement = team.json(close(team, "2027-10"));

            String file = csv(team, OCTOBER);
            assertThat(statement.get("number").asInt()).isEqualTo(1);
            assertThat(statement.get("cost").asString()).isEqualTo("0.0325");
            assertThat(statement.get("calls").asInt()).isEqualTo(1);
            assertThat(statement.get("lines").asInt()).isEqualTo(1);
            assertThat(statement.get("closed_by").asString()).isNotBlank();
            assertThat(statement.get("closed_at").asString()).isEqualTo("2027-10-31T23:05:00Z");
            assertThat(statement.get("sha256").asString()).isEqualTo(sha256(file));
            assertThat(verification(team, "2027-10")).bodyJson().isLenientlyEqualTo("""
                    {"holds": true}""");
        }
    }

    @Test
    void aForgedFigureIsSeen() throws Exception {
        try (MovedClock clock = new MovedClock(database)) {
            TestTeam team = spentInOctober(clock);
            close(team, "2027-10");

            asOwner("update artemis.entries set cost = cost + 0.000000000000000001 where tenant_id ="
                    + " (select tenant_id from artemis.tenants where slug = '" + team.slug() + "')");

            assertThat(verification(team, "2027-10")).bodyJson().isLenientlyEqualTo("""
                    {"holds": false}""");
        }
    }

    /** The second version of the writer of CSV came when months had been sealed already, and seals did not say theirs. */
    @Test
    void aSealOfAnOlderVersionIsCheckedInThatVersion() throws Exception {
        TestTeam team = aTeam();
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL.replace("development", "a;=b"));
            clock.standAt(IN_NOVEMBER);
            JsonNode statement = team.json(close(team, "2027-10"));
            assertThat(statement.get("csv_version").asInt()).isEqualTo(4);
            String file = csv(team, OCTOBER);
            assertThat(file).contains(",a;'=b,");
            String before = sha256(file.replace(",a;'=b,", ",a;=b,"));

            assertSealed(team, statement.get("sha256").asString(), "null", """
                    {"holds": true, "csv_version": 2, "statement": {"csv_version": null}}""");
            assertSealed(team, before, "null", """
                    {"holds": true, "csv_version": 1, "statement": {"csv_version": null}}""");
            assertSealed(team, before, "1", """
                    {"holds": true, "csv_version": 1, "statement": {"csv_version": 1}}""");
            assertSealed(team, before, "2", """
                    {"holds": false, "csv_version": 2}""");
            assertSealed(team, sha256("forged"), "null", """
                    {"holds": false, "csv_version": 2}""");
        }
    }

    @Test
    void aSealOfBeforeLookAlikesWereDefusedStillHolds() throws Exception {
        TestTeam team = TestTeam.fresh(mvc, json);
        try (MovedClock clock = new MovedClock(database)) {
            clock.standAt(IN_OCTOBER);
            team.post("/calls", CALL.replace("development", "＝b"));
            clock.standAt(IN_NOVEMBER);
            JsonNode statement = team.json(close(team, "2027-10"));
            String file = TestTeam.body(
                    team.admin().get("/admin/reports/costs?format=csv&tenant=" + team.slug() + "&" + OCTOBER));
            assertThat(file).contains(",'＝b,");
            String before = sha256(file.replace(",'＝b,", ",＝b,"));

            assertSealed(team, statement.get("sha256").asString(), "4", "{\"holds\": true, \"csv_version\": 4}");
            assertSealed(team, before, "3", "{\"holds\": true, \"csv_version\": 3}");
            assertSealed(team, before, "4", "{\"holds\": false, \"csv_version\": 4}");
        }
    }

    /** Checks what is said of October once its seal is that one. */
    private void assertSealed(TestTeam team, String sha256, String version, String said) throws SQLException {
        asOwner("""
                update artemis.statements set sha256 = '%s', csv_version = %s
                where tenant_id = (select tenant_id from artemis.tenants where slug = '%s')""".formatted(sha256, version, team.slug()));
        assertThat(verification(team, "2027-10")).hasStatus(200).bodyJson().isLenientlyEqualTo(said);
    }
}
