package dev.artemis.statements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.budgets.MovedClock;
import dev.artemis.budgets.TestTeam;
import dev.artemis.db.Database;
import dev.artemis.exports.Exports;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.supervisor.FaultKind;
import dev.artemis.supervisor.Supervision;
import dev.artemis.tenants.Tenants;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A process that closes a month may die once that is committed, before it has counted the seal. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class InterruptedClosingTest extends AtAMonthsEnd {

    private static final YearMonth MONTH = YearMonth.of(2027, 10);

    private final Statements statements;
    private final FinishClosings finishClosings;
    private final Exports exports;
    private final Supervision supervision;
    private final Tenants tenants;

    InterruptedClosingTest(
            MockMvcTester mvc,
            JsonMapper json,
            Database database,
            Statements statements,
            FinishClosings finishClosings,
            Exports exports,
            Supervision supervision,
            Tenants tenants) {
        super(mvc, json, database);
        this.statements = statements;
        this.finishClosings = finishClosings;
        this.exports = exports;
        this.supervision = supervision;
        this.tenants = tenants;
    }

    @Test
    void isFinishedForItAMinuteLater() throws Exception {
        try (MovedClock clock = new MovedClock(database)) {
            TestTeam team = spentInTwoMonths(clock);
            TenantId tenant = tenants.named(new Slug(team.slug())).id();
            statements.closeUnsealed(new Caller.Platform("test"), tenant, MONTH);
            long before = finished();

            finishClosings.sweep();
            assertThat(statement(team).get("sha256").isNull())
                    .as("whoever closes it may be counting")
                    .isTrue();
            assertThat(exports.isClosed(tenant, MONTH)).isFalse();
            clock.standAt(IN_NOVEMBER.plus(Duration.ofMinutes(1)));
            finishClosings.sweep();
            finishClosings.sweep();

            assertThat(statement(team).get("sha256").asString()).isEqualTo(sha256(csv(team, OCTOBER)));
            assertThat(statement(team).get("lines").asInt()).isEqualTo(1);
            assertThat(exports.isClosed(tenant, MONTH))
                    .as("its statement goes out")
                    .isTrue();
            assertThat(verification(team, "2027-10")).bodyJson().isLenientlyEqualTo("""
                    {"holds": true}""");
            assertThat(finished() - before).isEqualTo(1);
        }
    }

    private JsonNode statement(TestTeam team) {
        return team.json(team.admin().get(path(team) + "/2027-10"));
    }

    private long finished() {
        Map<FaultKind, Supervision.Count> counts = supervision.byKind();
        return counts.containsKey(FaultKind.UNSEALED_MONTH)
                ? counts.get(FaultKind.UNSEALED_MONTH).recoveries()
                : 0;
    }
}
