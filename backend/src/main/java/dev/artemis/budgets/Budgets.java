package dev.artemis.budgets;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Right;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** May this be spent? Decides, records, and tells where budgets stand. */
@Service
public class Budgets {

    private final GroupCommit groupCommit;
    private final AdmitOrders admitOrders;
    private final OrderCalls orderCalls;
    private final RunMoney runMoney;
    private final TillRows rows;
    private final TenantTransactions transactions;
    private final Audit audit;

    Budgets(
            GroupCommit groupCommit,
            AdmitOrders admitOrders,
            OrderCalls orderCalls,
            RunMoney runMoney,
            TillRows rows,
            TenantTransactions transactions,
            Audit audit) {
        this.groupCommit = groupCommit;
        this.admitOrders = admitOrders;
        this.orderCalls = orderCalls;
        this.runMoney = runMoney;
        this.rows = rows;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Prices a call and records it, unless it is refused. Returns after the commit.
     *
     * @throws Problem 503 {@code overloaded}, {@code database-unavailable}
     */
    public Admission track(Caller.ForProject caller, CallSpending call) {
        return track(caller, call, Repeatable.NEVER);
    }

    /** The same; a repeat is answered with what was kept. */
    public Admission track(Caller.ForProject caller, CallSpending call, Repeatable repeatable) {
        return trackAll(caller, List.of(call), repeatable).getFirst();
    }

    /**
     * Prices calls and records each of them, unless it is refused: one after the other, in one transaction. Returns
     * after the commit with as many answers, or with the one answer that was kept or refuses the idempotency key.
     */
    public List<Admission> trackAll(Caller.ForProject caller, List<CallSpending> calls, Repeatable repeatable) {
        List<OrderCalls.Prepared> prepared = orderCalls.calls(caller, calls);
        List<Order> orders = new ArrayList<>(prepared.size());
        for (OrderCalls.Prepared one : prepared) {
            switch (one) {
                case OrderCalls.Prepared.Ready ready -> orders.add(ready.order());
                case OrderCalls.Prepared.Without without -> {}
            }
        }
        if (orders.isEmpty() && repeatable.request().key() == null) {
            return merged(prepared, List.of());
        }
        List<Admission> answers = groupCommit.admit(
                caller.tenant(),
                new Submission(
                        orders,
                        repeatable.request(),
                        admissions -> repeatable.answer().apply(merged(prepared, admissions))));
        return wasKept(answers) ? answers : merged(prepared, answers);
    }

    /** Holds the most that a call can cost, unless it is refused. */
    public Admission reserve(Caller.ForProject caller, ReservationWish wish, Repeatable repeatable) {
        return admit(caller.tenant(), orderCalls.reservation(caller, wish), repeatable);
    }

    /**
     * Records what a held call did cost, in the windows that it was held in, whether or not it is more than was held or
     * comes after the hold expired. A second settle gets the first one's answer.
     *
     * @param answer renders what is answered, and kept for a second settle
     */
    public Admission settle(
            Caller.ForProject caller,
            ReservationId reservation,
            Settlement settlement,
            Function<Admission.Tracked, String> answer,
            Repeatable repeatable) {
        HoldRow hold = transactions
                .inTenant(caller.tenant(), () -> Optional.ofNullable(rows.hold(caller.tenant(), reservation.value())))
                .orElse(null);
        if (hold == null
                || !hold.payer().project().equals(caller.project())
                || !(hold.terms() instanceof HoldRow.OfCall terms)) {
            return new Admission.UnknownHold();
        }
        return admit(
                caller.tenant(), orderCalls.settlement(caller.tenant(), hold, terms, settlement, answer), repeatable);
    }

    /** What has no price now may have had one when its key came first: the answer that was kept is looked for all the same. */
    private Admission admit(TenantId tenant, OrderCalls.Prepared prepared, Repeatable repeatable) {
        return switch (prepared) {
            case OrderCalls.Prepared.Ready ready ->
                groupCommit
                        .admit(
                                tenant,
                                new Submission(List.of(ready.order()), repeatable.request(), repeatable.answer()))
                        .getFirst();
            case OrderCalls.Prepared.Without without when repeatable.request().key() == null -> without.refusal();
            case OrderCalls.Prepared.Without without -> {
                List<Admission> answers =
                        groupCommit.admit(tenant, new Submission(List.of(), repeatable.request(), admissions -> null));
                yield wasKept(answers) ? answers.getFirst() : without.refusal();
            }
        };
    }

    /**
     * Gives a hold back. Harmless when repeated. Audited where a person or an administrator does it; a program's key gives back
     * as a matter of course. See ADR-0069.
     */
    public Admission release(Caller.ForProject caller, ReservationId reservation) {
        Submission release = Submission.once(new Order.Release(reservation.value(), caller.project()));
        if (caller.key() != null) {
            return groupCommit.admit(caller.tenant(), release).getFirst();
        }
        return transactions.inTenant(caller.tenant(), () -> {
            Admission answer = admitOrders
                    .admit(caller.tenant(), List.of(release))
                    .getFirst()
                    .getFirst();
            if (answer instanceof Admission.Released(Usd held, HoldStatus before) && before != HoldStatus.RELEASED) {
                audit.record(
                        caller,
                        new Change(
                                Action.RESERVATION_RELEASED,
                                caller.tenant(),
                                reservation.toString(),
                                Told.of(caller, before, held),
                                Told.of(caller, HoldStatus.RELEASED, Usd.ZERO)));
            }
            return answer;
        });
    }

    /** A reservation as the audit log tells of it. */
    private record Told(String project, String status, Usd reserved) {

        static Told of(Caller.ForProject caller, HoldStatus status, Usd reserved) {
            return new Told(caller.project().toString(), status.toString(), reserved);
        }
    }

    /** A hold of the caller's project. */
    public Optional<Reservation> reservation(Caller.ForProject caller, ReservationId id) {
        return transactions
                .inTenant(caller.tenant(), () -> Optional.ofNullable(rows.hold(caller.tenant(), id.value())))
                .filter(hold -> hold.payer().project().equals(caller.project()))
                .filter(hold -> hold.terms() instanceof HoldRow.OfCall)
                .map(hold -> new Reservation(
                        id, hold.status().toString(), hold.amount(), hold.cost(), hold.createdAt(), hold.expiresAt()));
    }

    /** Holds the most that a run can cost; joins the transaction of its tenant that runs already. */
    public RunHolding holdForRun(RunHold hold) {
        return runMoney.hold(hold);
    }

    /**
     * Charges what a run used at the rates of its hold, at most what was held, and gives back the rest; joins the
     * transaction of its tenant. A repeat returns the first answer.
     *
     * @return what was charged, US dollars
     * @throws IllegalStateException nothing is held for that run, or it was given back
     */
    public Usd settleRun(TenantId tenant, RunId run, ComputeUsage used) {
        return runMoney.settle(tenant, run, used);
    }

    /** Gives back what is held for a run that cost nothing; joins the transaction of its tenant. Harmless when repeated. */
    public void releaseRun(TenantId tenant, RunId run) {
        runMoney.release(tenant, run);
    }

    /** Where a tenant's windows stand now, and those of a project and a key of it where they are named. */
    public BudgetStatus status(TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key) {
        Set<UUID> levels = new LinkedHashSet<>();
        levels.add(tenant.value());
        if (project != null) {
            levels.add(project.value());
        }
        if (key != null) {
            levels.add(key.value());
        }
        return transactions.inTenant(
                tenant, () -> new BudgetStatus(rows.look(tenant, levels).status(project, key)));
    }

    /** Where some levels of a tenant stand, all at the same moment: of each its own windows, read together. */
    public Map<Level, BudgetStatus> standing(TenantId tenant, Collection<Level> levels) {
        List<UUID> ids = levels.stream().map(level -> id(tenant, level)).toList();
        OpenTill till = transactions.inTenant(tenant, () -> rows.look(tenant, ids));
        Map<Level, BudgetStatus> standing = new HashMap<>();
        for (Level level : levels) {
            List<BudgetStatus.Window> windows = Arrays.stream(LimitPeriod.values())
                    .map(period -> till.current(level.scope(), id(tenant, level), period)
                            .status())
                    .toList();
            standing.put(level, new BudgetStatus(windows));
        }
        return standing;
    }

    /** The limits of one level; {@link Limits#NONE} where none were set. */
    public Limits limits(TenantId tenant, Level level) {
        return transactions
                .inTenant(tenant, () -> Optional.ofNullable(rows.limits(tenant, id(tenant, level))))
                .orElse(Limits.NONE);
    }

    /**
     * Sets the limits of one level; seen by every admission that begins after the return. Waits for the till, so that
     * no admission commits against a limit that was lowered before its commit. What is spent already may reach the new
     * thresholds: that is told in the same transaction. Joins the transaction of its tenant.
     */
    public void setLimits(TenantId tenant, Level level, Limits limits) {
        transactions.inTenant(tenant, () -> {
            UUID id = id(tenant, level);
            rows.lock(tenant);
            rows.saveLimits(tenant, level.scope(), id, limits);
            OpenTill till = rows.open(tenant, List.of(id), List.of());
            till.raiseAlerts(till.current(level.scope(), id));
            rows.save(till);
        });
    }

    /** The same, written to the audit log. */
    public void setLimits(Caller by, TenantId tenant, Level level, Limits limits) {
        requireRight(by, tenant, level);
        transactions.inTenant(tenant, () -> {
            Limits before = limits(tenant, level);
            setLimits(tenant, level, limits);
            audit.record(
                    by, new Change(Action.BUDGET_CHANGED, tenant, LimitHistory.subject(tenant, level), before, limits));
        });
    }

    /**
     * Changes some of the limits of one level, from what they are by then, and writes it to the audit log. What the edit does not
     * touch stays as it is by then, whoever set it.
     *
     * @return the limits as they are now
     * @throws Problem 409 {@code limits-changed}: what the edit touches was changed meanwhile by somebody else
     */
    public Limits changeLimits(Caller by, TenantId tenant, Level level, LimitEdit edit) {
        requireRight(by, tenant, level);
        return transactions.inTenant(tenant, () -> {
            rows.lock(tenant);
            Limits wanted = edit.onto(limits(tenant, level));
            setLimits(by, tenant, level, wanted);
            return wanted;
        });
    }

    private static void requireRight(Caller by, TenantId tenant, Level level) {
        if (level instanceof Level.WholeTenant) {
            Right.requirePlatform(by);
        } else {
            Right.CHANGE_PROJECT_BUDGETS.require(by, tenant);
        }
    }

    static UUID id(TenantId tenant, Level level) {
        return switch (level) {
            case Level.WholeTenant whole -> tenant.value();
            case Level.OfProject project -> project.project().value();
            case Level.OfKey key -> key.key().value();
        };
    }

    private static boolean wasKept(List<Admission> answers) {
        return answers.size() == 1
                && (answers.getFirst() instanceof Admission.Replayed
                        || answers.getFirst() instanceof Admission.KeyConflict);
    }

    private static List<Admission> merged(List<OrderCalls.Prepared> prepared, List<Admission> answers) {
        Iterator<Admission> answer = answers.iterator();
        return prepared.stream()
                .map(one -> switch (one) {
                    case OrderCalls.Prepared.Ready ready -> answer.next();
                    case OrderCalls.Prepared.Without without -> without.refusal();
                })
                .toList();
    }
}
