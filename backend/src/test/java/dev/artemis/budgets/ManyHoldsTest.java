package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.notices.Changes;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestConstructor;

/** Holds whose time is up, more of them than are read at once, and of several teams. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ManyHoldsTest {

    private static final int ONE_TOO_MANY = HoldRows.MOST_DUE + 1;

    private final Budgets budgets;
    private final AdmitOrders admitOrders;
    private final OrderCalls orderCalls;
    private final TillRows rows;
    private final Changes changes;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final TeamOfTests teams;
    private final MovedClock clock;

    ManyHoldsTest(
            Budgets budgets,
            AdmitOrders admitOrders,
            OrderCalls orderCalls,
            TillRows rows,
            Changes changes,
            TenantTransactions transactions,
            JdbcClient jdbc,
            Tenants tenants,
            Projects projects,
            Database database) {
        this.budgets = budgets;
        this.admitOrders = admitOrders;
        this.orderCalls = orderCalls;
        this.rows = rows;
        this.changes = changes;
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.teams = new TeamOfTests(tenants, projects);
        this.clock = new MovedClock(database);
    }

    @AfterEach
    void clockAgain() throws Exception {
        clock.close();
    }

    @Test
    void aCallThatFitsOnceAllOfThemAreFreedIsAdmitted() throws Exception {
        Caller.ForProject caller = teams.caller("UTC");
        clock.standAt(Instant.parse("2026-12-01T10:00:00Z"));
        List<Order> holds = new ArrayList<>(ONE_TOO_MANY);
        OrderCalls.Prepared.Ready one =
                (OrderCalls.Prepared.Ready) orderCalls.reservation(caller, TeamOfTests.wish("gpt-4o"));
        for (int n = 0; n < ONE_TOO_MANY; n++) {
            holds.add(again((Order.HoldForCall) one.order()));
        }
        // 5,001 times $0.0325
        budgets.setLimits(caller.tenant(), new Level.WholeTenant(), Limits.of(Usd.of("162.5325"), null));
        List<Admission> held = transactions.inTenant(
                caller.tenant(),
                () -> admitOrders
                        .admit(
                                caller.tenant(),
                                List.of(new Submission(holds, IdempotentRequest.never(), admissions -> null)))
                        .getFirst());
        assertThat(held).hasSize(ONE_TOO_MANY).allMatch(Admission.Held.class::isInstance);

        clock.standAt(Instant.parse("2026-12-01T10:10:00Z"));
        Admission admission = budgets.track(
                caller, TeamOfTests.call("gpt-4o", Usage.of(25_002_500, 10_001_000), CallSpending.Mode.ENFORCE));

        assertThat(admission)
                .isInstanceOfSatisfying(
                        Admission.Tracked.class,
                        tracked -> assertThat(tracked.cost()).isEqualTo(Usd.of("162.51625")));
        assertThat(budgets.status(caller.tenant(), null, null)
                        .window(LimitScope.TENANT, LimitPeriod.DAILY)
                        .reserved())
                .isEqualTo(Usd.ZERO);
    }

    @Test
    void aTeamThatFailsKeepsNoOthersHolds() {
        List<TenantId> both =
                List.of(teams.caller("UTC").tenant(), teams.caller("UTC").tenant());
        List<TenantId> asked = new ArrayList<>();
        var failsFirst = new AdmitOrders(rows, changes, event -> {}) {
            @Override
            List<List<Admission>> admit(TenantId tenant, List<Submission> submissions) {
                asked.add(tenant);
                if (asked.size() == 1) {
                    throw new IllegalStateException("of this team alone");
                }
                return super.admit(tenant, submissions);
            }
        };

        new ExpireHolds(failsFirst, transactions, jdbc).sweep(both);

        assertThat(asked).containsExactlyElementsOf(both);
    }

    private static Order again(Order.HoldForCall hold) {
        return new Order.HoldForCall(
                ReservationId.random().value(),
                hold.payer(),
                hold.stage(),
                hold.purpose(),
                hold.card(),
                hold.terms(),
                hold.amount(),
                hold.timeToLive());
    }
}
