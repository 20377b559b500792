package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.artemis.OnDatabase;
import dev.artemis.notices.Changes;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** Whoever is told of money hears of what was committed, and cannot have it done again. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class ToldAfterCommitTest {

    private final Budgets budgets;
    private final OrderCalls orderCalls;
    private final TillRows rows;
    private final Changes changes;
    private final TenantTransactions transactions;
    private final TeamOfTests teams;

    ToldAfterCommitTest(
            Budgets budgets,
            OrderCalls orderCalls,
            TillRows rows,
            Changes changes,
            TenantTransactions transactions,
            Tenants tenants,
            Projects projects) {
        this.budgets = budgets;
        this.orderCalls = orderCalls;
        this.rows = rows;
        this.changes = changes;
        this.transactions = transactions;
        this.teams = new TeamOfTests(tenants, projects);
    }

    private static final class TakenBack extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1;
    }

    @Test
    void whoeverFailsWhenToldHasNothingRecordedTwice() throws Exception {
        Caller.ForProject caller = teams.caller("UTC");
        var firstMayGo = new CountDownLatch(1);
        var failing = new Changes() {
            @Override
            public void moneyMoved(TenantId tenant) {
                throw new IllegalStateException("a listener that fails");
            }
        };
        var slowAtFirst = new AdmitOrders(rows, failing, event -> {}) {
            @Override
            Admitted admitAndCommit(TenantId tenant, List<Submission> submissions) {
                awaited(firstMayGo);
                return super.admitAndCommit(tenant, submissions);
            }
        };
        var groupCommit = new GroupCommit(slowAtFirst, transactions);
        List<CompletableFuture<Admission>> answers = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();

        // the first is committed alone; the two that come meanwhile wait, and are committed together
        for (int n = 0; n < 3; n++) {
            Submission call = Submission.once(bigCall(caller));
            var answer = new CompletableFuture<Admission>();
            answers.add(answer);
            callers.add(Thread.ofPlatform()
                    .start(() -> answer.complete(
                            groupCommit.admit(caller.tenant(), call).getFirst())));
            awaitWaiting(callers.getLast());
        }
        firstMayGo.countDown();

        for (CompletableFuture<Admission> answer : answers) {
            assertThat(answer.get(20, TimeUnit.SECONDS)).isInstanceOf(Admission.Tracked.class);
        }
        assertThat(budgets.status(caller.tenant(), null, null)
                        .window(LimitScope.TENANT, LimitPeriod.DAILY)
                        .spent())
                .isEqualTo(Usd.of("0.0975"));
        groupCommit.destroy();
    }

    @Test
    void holdsThatExpiredInATransactionThatWasTakenBackAreNotTold() throws Exception {
        Caller.ForProject caller = teams.caller("UTC");
        List<Object> told = new ArrayList<>();
        var admitOrders = new AdmitOrders(rows, changes, told::add);

        assertThatThrownBy(() -> expireInside(admitOrders, caller, true)).isInstanceOf(TakenBack.class);
        assertThat(told).isEmpty();

        expireInside(admitOrders, caller, false);
        assertThat(told).containsExactly(new HoldsExpired(1));
    }

    /** Held for no time and expired in one transaction, so that no sweep comes between. */
    private void expireInside(AdmitOrders admitOrders, Caller.ForProject caller, boolean takenBack) {
        Order hold = forNoTime(orderCalls.reservation(caller, TeamOfTests.wish("gpt-4o")));
        transactions.inTenant(caller.tenant(), () -> {
            admitOrders.admit(caller.tenant(), List.of(Submission.once(hold)));
            admitOrders.admit(caller.tenant(), List.of());
            if (takenBack) {
                throw new TakenBack();
            }
        });
    }

    private static Order forNoTime(OrderCalls.Prepared prepared) {
        Order.HoldForCall hold = (Order.HoldForCall) ((OrderCalls.Prepared.Ready) prepared).order();
        return new Order.HoldForCall(
                hold.id(),
                hold.payer(),
                hold.stage(),
                hold.purpose(),
                hold.card(),
                hold.terms(),
                hold.amount(),
                Duration.ZERO);
    }

    private Order bigCall(Caller.ForProject caller) {
        return ((OrderCalls.Prepared.Ready) orderCalls
                        .calls(caller, List.of(TeamOfTests.bigCall(CallSpending.Mode.ENFORCE)))
                        .getFirst())
                .order();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It has come as far as it gets: it waits for the latch, or for its answer. */
    private static void awaitWaiting(Thread caller) {
        while (!(caller.getState() == Thread.State.TIMED_WAITING || waitsForTheLatch(caller))) {
            Thread.onSpinWait();
        }
    }

    private static boolean waitsForTheLatch(Thread caller) {
        for (StackTraceElement frame : caller.getStackTrace()) {
            if (frame.getClassName().equals(CountDownLatch.class.getName())) {
                return caller.getState() == Thread.State.WAITING;
            }
        }
        return false;
    }
}
