package dev.artemis.budgets;

import dev.artemis.ledger.Charges;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.LedgerIds;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Payer;
import dev.artemis.ledger.Quantities;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides orders one after the other on an open till. Pure: reads and changes the till only, never the database. */
final class DecideOrders {

    private static final Comparator<LimitState> TIGHTEST_FIRST = Comparator.comparing(LimitState::remaining)
            .thenComparing(LimitState::scope)
            .thenComparing(LimitState::period);

    private final OpenTill till;

    DecideOrders(OpenTill till) {
        this.till = till;
    }

    /** Holds whose time is up free their money before anything is decided. */
    void expireHolds() {
        for (HoldRow hold : till.holds()) {
            boolean due = hold.expiresAt() != null && !hold.expiresAt().isAfter(till.now());
            if (hold.status() == HoldRow.Status.HELD && due) {
                free(hold);
                change(hold, HoldRow.Status.EXPIRED, null, null, null);
            }
        }
    }

    Admission decide(Order order) {
        return switch (order) {
            case Order.Spend spend -> spend(spend);
            case Order.HoldForCall hold -> holdForCall(hold);
            case Order.HoldForRun hold -> holdForRun(hold);
            case Order.SettleCall settle -> settleCall(settle);
            case Order.SettleRun settle -> settleRun(settle);
            case Order.Release release -> release(release);
            case Order.Correct correct -> correct(correct);
        };
    }

    private Admission spend(Order.Spend order) {
        List<WindowState> windows = till.current(order.payer());
        Usd cost = order.priced().cost().total();
        boolean overBudget = false;
        switch (order.mode()) {
            case ENFORCE -> {
                Admission refusal = refusal(order.payer(), windows, cost);
                if (refusal != null) {
                    return refusal;
                }
            }
            case RECORD -> overBudget = windows.stream().anyMatch(window -> window.refuses(cost.amount()));
        }
        NewEntry entry = new NewEntry(
                nextId(),
                EntryKind.CALL,
                order.payer(),
                null,
                till.periods().day().start(),
                order.occurredAt(),
                order.labels(),
                order.priced().price(),
                order.tier(),
                Quantities.of(order.usage()),
                Charges.of(order.priced().cost()),
                overBudget);
        return book(entry, windows, order.payer());
    }

    private Admission holdForCall(Order.HoldForCall order) {
        List<WindowState> windows = till.current(order.payer());
        Admission refusal = refusal(order.payer(), windows, order.amount());
        if (refusal != null) {
            return refusal;
        }
        Instant expiresAt = till.now().plus(order.timeToLive());
        return hold(
                new HoldRow(
                        order.id(),
                        HoldRow.Status.HELD,
                        order.payer(),
                        order.amount(),
                        till.periods().day().start(),
                        till.periods().month().start(),
                        till.now(),
                        expiresAt,
                        order.stage(),
                        order.purpose(),
                        order.card(),
                        order.terms(),
                        null,
                        null),
                windows);
    }

    private Admission holdForRun(Order.HoldForRun order) {
        List<WindowState> windows = till.current(order.payer());
        HoldRow known = till.hold(order.id());
        if (known != null) {
            return held(known);
        }
        ComputeRates rates = till.terms().rates();
        Usd amount = computeCharges(order.most(), rates, null).total();
        Admission refusal = refusal(order.payer(), windows, amount);
        if (refusal != null) {
            return refusal;
        }
        return hold(
                new HoldRow(
                        order.id(),
                        HoldRow.Status.HELD,
                        order.payer(),
                        amount,
                        till.periods().day().start(),
                        till.periods().month().start(),
                        till.now(),
                        null,
                        order.stage(),
                        null,
                        order.card(),
                        new HoldRow.OfRun(rates),
                        null,
                        null),
                windows);
    }

    private Admission hold(HoldRow hold, Collection<WindowState> windows) {
        windows.forEach(window -> window.reserve(hold.amount().amount()));
        till.hold(hold);
        return held(hold);
    }

    private Admission held(HoldRow hold) {
        Instant expiresAt = hold.expiresAt() == null ? Instant.MAX : hold.expiresAt();
        return new Admission.Held(new ReservationId(hold.id()), hold.amount(), expiresAt, standing(hold.payer()));
    }

    private Admission settleCall(Order.SettleCall order) {
        HoldRow hold = till.hold(order.hold());
        if (hold == null
                || !(hold.terms() instanceof HoldRow.OfCall terms)
                || !hold.payer().project().equals(order.project())) {
            return new Admission.UnknownHold();
        }
        return switch (hold.status()) {
            case RELEASED -> new Admission.AlreadyReleased();
            case SETTLED -> new Admission.Replayed(200, hold.answer() == null ? "" : hold.answer());
            case HELD, EXPIRED -> {
                NewEntry entry = entry(
                        hold,
                        EntryKind.CALL,
                        new EntryLabels(hold.stage(), order.model(), order.provider(), hold.card(), hold.purpose()),
                        Quantities.of(order.usage()),
                        Charges.of(order.priced().cost()));
                entry = new NewEntry(
                        entry.id(),
                        entry.kind(),
                        entry.payer(),
                        entry.refersTo(),
                        entry.day(),
                        null,
                        entry.labels(),
                        order.priced().price(),
                        terms.tier(),
                        entry.quantities(),
                        entry.charges(),
                        false);
                Admission.Tracked tracked = settle(hold, entry);
                change(
                        hold,
                        HoldRow.Status.SETTLED,
                        entry.id(),
                        entry.charges().total(),
                        order.answer().apply(tracked));
                yield tracked;
            }
        };
    }

    private Admission settleRun(Order.SettleRun order) {
        HoldRow hold = till.hold(order.hold());
        if (hold == null || !(hold.terms() instanceof HoldRow.OfRun terms)) {
            return new Admission.UnknownHold();
        }
        return switch (hold.status()) {
            case RELEASED -> new Admission.AlreadyReleased();
            case SETTLED -> new Admission.AlreadySettled();
            case HELD, EXPIRED -> {
                NewEntry entry = entry(
                        hold,
                        EntryKind.RUN,
                        new EntryLabels(hold.stage(), order.model(), order.provider(), hold.card(), hold.purpose()),
                        Quantities.ofRun(order.used().cpuSeconds(), order.used().gibSeconds()),
                        computeCharges(order.used(), terms.rates(), hold.amount()));
                Admission.Tracked tracked = settle(hold, entry);
                change(hold, HoldRow.Status.SETTLED, entry.id(), entry.charges().total(), null);
                yield tracked;
            }
        };
    }

    /**
     * The hold's money becomes free, the cost is spent where it was held, and the flag says whether that is too much.
     * For a month that is closed it is a correction of today, spent today.
     */
    private Admission.Tracked settle(HoldRow hold, NewEntry entry) {
        if (hold.status() == HoldRow.Status.HELD) {
            free(hold);
        }
        boolean late = till.isClosed(hold.month());
        if (late) {
            till.explain(new OpenTill.Reason(
                    entry.id().value(),
                    "Came when " + YearMonth.from(hold.month()) + " was closed already",
                    "platform",
                    hold.month()));
        }
        List<WindowState> windows = late ? till.current(hold.payer()) : till.windowsOf(hold);
        BigDecimal cost = entry.charges().total().amount();
        windows.forEach(window -> window.spend(cost));
        boolean overBudget = windows.stream().anyMatch(WindowState::isOver);
        till.append(overBudget ? flagged(entry) : entry);
        return new Admission.Tracked(
                entry.id(), entry.charges().total(), standing(hold.payer()), till.raiseAlerts(windows), overBudget);
    }

    private NewEntry entry(HoldRow hold, EntryKind kind, EntryLabels labels, Quantities quantities, Charges charges) {
        boolean late = till.isClosed(hold.month());
        return new NewEntry(
                nextId(),
                late ? EntryKind.CORRECTION : kind,
                hold.payer(),
                hold.id(),
                late ? till.periods().day().start() : hold.day(),
                null,
                labels,
                null,
                null,
                quantities,
                charges,
                false);
    }

    private static NewEntry flagged(NewEntry entry) {
        return new NewEntry(
                entry.id(),
                entry.kind(),
                entry.payer(),
                entry.refersTo(),
                entry.day(),
                entry.occurredAt(),
                entry.labels(),
                entry.price(),
                entry.tier(),
                entry.quantities(),
                entry.charges(),
                true);
    }

    private Admission release(Order.Release order) {
        HoldRow hold = till.hold(order.hold());
        if (hold == null || (order.project() != null && !isCallOf(hold, order.project()))) {
            return new Admission.UnknownHold();
        }
        return switch (hold.status()) {
            case SETTLED -> new Admission.AlreadySettled();
            case RELEASED -> new Admission.Released();
            case EXPIRED -> {
                change(hold, HoldRow.Status.RELEASED, null, null, null);
                yield new Admission.Released();
            }
            case HELD -> {
                free(hold);
                change(hold, HoldRow.Status.RELEASED, null, null, null);
                yield new Admission.Released();
            }
        };
    }

    /** A caller may give back what was held for its call; what a run holds is given back when the run has ended. */
    private static boolean isCallOf(HoldRow hold, ProjectId project) {
        return hold.terms() instanceof HoldRow.OfCall && hold.payer().project().equals(project);
    }

    private Admission correct(Order.Correct order) {
        List<WindowState> windows = till.current(order.payer());
        NewEntry entry = new NewEntry(
                nextId(),
                EntryKind.CORRECTION,
                order.payer(),
                order.corrected().value(),
                till.periods().day().start(),
                null,
                order.labels(),
                null,
                null,
                Quantities.NONE,
                Charges.ofCorrection(order.amount()),
                windows.stream()
                        .anyMatch(window -> window.refuses(order.amount().amount())));
        till.explain(new OpenTill.Reason(entry.id().value(), order.reason(), order.by(), null));
        return book(entry, windows, order.payer());
    }

    private Admission book(NewEntry entry, List<WindowState> windows, Payer payer) {
        BigDecimal cost = entry.charges().total().amount();
        windows.forEach(window -> window.spend(cost));
        till.append(entry);
        return new Admission.Tracked(
                entry.id(), entry.charges().total(), standing(payer), till.raiseAlerts(windows), entry.overBudget());
    }

    /** Null when it fits. Of the limits it would cross, the one with the least left is named. */
    private @Nullable Admission refusal(Payer payer, List<WindowState> windows, Usd amount) {
        if (till.terms().suspended()) {
            return new Admission.Suspended();
        }
        List<LimitState> crossed = new ArrayList<>(0);
        for (WindowState window : windows) {
            LimitState limit = window.refuses(amount.amount()) ? window.limitState() : null;
            if (limit != null) {
                crossed.add(limit);
            }
        }
        if (crossed.isEmpty()) {
            return null;
        }
        till.countRefusal(payer.project());
        crossed.sort(TIGHTEST_FIRST);
        return new Admission.Refused(crossed.getFirst(), amount);
    }

    private Admission.Standing standing(Payer payer) {
        List<WindowState> windows = till.current(payer);
        List<LimitState> limits = new ArrayList<>(windows.size());
        Usd dailyUsage = Usd.ZERO;
        Usd monthlyUsage = Usd.ZERO;
        Usd dailyRemaining = null;
        Usd monthlyRemaining = null;
        for (WindowState window : windows) {
            LimitState limit = window.limitState();
            if (limit != null) {
                limits.add(limit);
            }
            boolean isProject = window.key().scope() == LimitScope.PROJECT;
            switch (window.key().period()) {
                case DAILY -> {
                    dailyUsage = isProject ? window.spent() : dailyUsage;
                    dailyRemaining = least(dailyRemaining, limit);
                }
                case MONTHLY -> {
                    monthlyUsage = isProject ? window.spent() : monthlyUsage;
                    monthlyRemaining = least(monthlyRemaining, limit);
                }
            }
        }
        return new Admission.Standing(dailyUsage, monthlyUsage, dailyRemaining, monthlyRemaining, limits);
    }

    private static @Nullable Usd least(@Nullable Usd one, @Nullable LimitState other) {
        if (other == null) {
            return one;
        }
        return one == null ? other.remaining() : one.min(other.remaining());
    }

    private void free(HoldRow hold) {
        till.windowsOf(hold).forEach(window -> window.free(hold.amount().amount()));
    }

    private void change(
            HoldRow hold, HoldRow.Status status, @Nullable EntryId entry, @Nullable Usd cost, @Nullable String answer) {
        var after = new HoldRow(
                hold.id(),
                status,
                hold.payer(),
                hold.amount(),
                hold.day(),
                hold.month(),
                hold.createdAt(),
                hold.expiresAt(),
                hold.stage(),
                hold.purpose(),
                hold.card(),
                hold.terms(),
                cost,
                answer);
        till.change(
                new OpenTill.HoldChange(hold.id(), status, entry == null ? null : entry.value(), cost, answer), after);
    }

    /** At the rates, at most {@code cap}: what exceeds it is taken off memory first. */
    private static Charges computeCharges(ComputeUsage usage, ComputeRates rates, @Nullable Usd cap) {
        Usd cpu = Usd.rounded(rates.cpuSecond().amount().multiply(usage.cpuSeconds()));
        Usd gib = Usd.rounded(rates.gibSecond().amount().multiply(usage.gibSeconds()));
        if (cap != null) {
            cpu = cpu.min(cap);
            gib = gib.min(cap.minus(cpu));
        }
        return Charges.ofRun(cpu, gib);
    }

    private EntryId nextId() {
        return LedgerIds.next(till.now(), till.entries().size());
    }
}
