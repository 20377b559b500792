package dev.artemis.budgets;

import dev.artemis.ledger.Charges;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Payer;
import dev.artemis.ledger.Quantities;
import dev.artemis.prices.UnpricedPart;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Decides orders one after the other on an open till. Reads and changes the till only, never the database itself. */
final class DecideOrders {

    private static final Comparator<LimitState> TIGHTEST_FIRST = Comparator.comparing(LimitState::remaining)
            .thenComparing(LimitState::scope)
            .thenComparing(LimitState::period);

    private final OpenTill till;
    private final CloseHolds holds;
    private final BooleanSupplier moreDue;
    private int expired;

    /** @param moreDue brings into the till more holds whose time is up; false: there are none */
    DecideOrders(OpenTill till, BooleanSupplier moreDue) {
        this.till = till;
        this.holds = new CloseHolds(till);
        this.moreDue = moreDue;
    }

    /** Holds whose time is up free their money before anything is decided. */
    void expireHolds() {
        expired += holds.expire();
    }

    /** How many holds gave their money back because their time was up. */
    int expired() {
        return expired;
    }

    Admission decide(Order order) {
        return switch (order) {
            case Order.Spend spend -> spend(spend);
            case Order.HoldForCall hold -> holdForCall(hold);
            case Order.HoldForRun hold -> holdForRun(hold);
            case Order.SettleCall settle -> holds.settle(settle);
            case Order.SettleRun settle -> holds.settle(settle);
            case Order.Release release -> holds.release(release);
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
        LocalDate closedMonth = order.occurredAt() == null ? null : till.closedMonth(order.occurredAt());
        NewEntry entry = new NewEntry(
                till.nextEntryId(),
                closedMonth == null ? EntryKind.CALL : EntryKind.CORRECTION,
                order.payer(),
                null,
                till.today(),
                order.occurredAt(),
                order.labels(),
                order.priced().price(),
                order.tier(),
                Quantities.of(order.usage()),
                Charges.of(order.priced().cost()),
                overBudget);
        if (closedMonth != null) {
            till.explainLate(entry.id(), closedMonth);
        }
        till.leaveUnpriced(entry.id(), order.priced());
        return book(entry, windows, order.payer(), order.priced().unpriced());
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
                        HoldStatus.HELD,
                        order.payer(),
                        order.amount(),
                        till.today(),
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
        Usd amount = ComputeCharges.of(order.most(), rates).total();
        Admission refusal = refusal(order.payer(), windows, amount);
        if (refusal != null) {
            return refusal;
        }
        return hold(
                new HoldRow(
                        order.id(),
                        HoldStatus.HELD,
                        order.payer(),
                        amount,
                        till.today(),
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
        return new Admission.Held(
                new ReservationId(hold.id()), hold.amount(), expiresAt, Standings.of(till, hold.payer()));
    }

    private Admission correct(Order.Correct order) {
        List<WindowState> windows = till.current(order.payer());
        NewEntry entry = new NewEntry(
                till.nextEntryId(),
                EntryKind.CORRECTION,
                order.payer(),
                order.corrected().value(),
                till.today(),
                null,
                order.origin().labels(),
                null,
                null,
                Quantities.NONE,
                Charges.ofCorrection(order.amount()),
                windows.stream()
                        .anyMatch(window -> window.refuses(order.amount().amount())));
        LocalDate day = order.origin().day();
        LocalDate closedMonth = till.isClosed(day) ? day.withDayOfMonth(1) : null;
        till.explain(new OpenTill.Reason(entry.id().value(), order.reason(), order.by(), closedMonth));
        return book(entry, windows, order.payer(), List.of());
    }

    private Admission book(NewEntry entry, List<WindowState> windows, Payer payer, List<UnpricedPart> unpriced) {
        BigDecimal cost = entry.charges().total().amount();
        windows.forEach(window -> window.spend(cost));
        till.append(entry);
        return new Admission.Tracked(
                entry.id(),
                entry.charges().total(),
                Standings.of(till, payer),
                till.raiseAlerts(windows),
                entry.overBudget(),
                unpriced);
    }

    /** Null when it fits. Of the limits it would cross, the one with the least left is named. */
    private @Nullable Admission refusal(Payer payer, List<WindowState> windows, Usd amount) {
        if (till.terms().suspended()) {
            return new Admission.Suspended();
        }
        List<LimitState> crossed = crossed(windows, amount);
        while (!crossed.isEmpty() && moreDue.getAsBoolean()) {
            expireHolds();
            crossed = crossed(windows, amount);
        }
        if (crossed.isEmpty()) {
            return null;
        }
        till.countRefusal(payer.project());
        crossed.sort(TIGHTEST_FIRST);
        return new Admission.Refused(crossed.getFirst(), amount);
    }

    private static List<LimitState> crossed(List<WindowState> windows, Usd amount) {
        List<LimitState> crossed = new ArrayList<>(0);
        for (WindowState window : windows) {
            LimitState limit = window.refuses(amount.amount()) ? window.limitState() : null;
            if (limit != null) {
                crossed.add(limit);
            }
        }
        return crossed;
    }
}
