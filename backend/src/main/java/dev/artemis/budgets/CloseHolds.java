package dev.artemis.budgets;

import dev.artemis.ledger.Charges;
import dev.artemis.ledger.EntryKind;
import dev.artemis.ledger.EntryLabels;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Quantities;
import dev.artemis.prices.UnpricedPart;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of holds: settled, released, expired. Reads and changes the till only. */
final class CloseHolds {

    private final OpenTill till;

    CloseHolds(OpenTill till) {
        this.till = till;
    }

    /** Holds whose time is up free their money before anything is decided. Returns how many. */
    int expire() {
        int expired = 0;
        for (HoldRow hold : till.holds()) {
            boolean due = hold.expiresAt() != null && !hold.expiresAt().isAfter(till.now());
            if (hold.status() == HoldStatus.HELD && due) {
                free(hold);
                change(hold, HoldStatus.EXPIRED, null, null, null);
                expired++;
            }
        }
        return expired;
    }

    Admission settle(Order.SettleCall order) {
        HoldRow hold = till.hold(order.hold());
        if (hold == null
                || !(hold.terms() instanceof HoldRow.OfCall)
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
                Admission.Tracked tracked = book(
                        hold,
                        entry.pricedBy(order.priced().price(), order.tier()),
                        order.priced().unpriced());
                till.leaveUnpriced(entry.id(), order.priced());
                change(
                        hold,
                        HoldStatus.SETTLED,
                        entry.id(),
                        entry.charges().total(),
                        order.answer().apply(tracked));
                yield tracked;
            }
        };
    }

    Admission settle(Order.SettleRun order) {
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
                        ComputeCharges.atMost(hold.amount(), order.used(), terms.rates()));
                Admission.Tracked tracked = book(hold, entry, List.of());
                change(hold, HoldStatus.SETTLED, entry.id(), entry.charges().total(), null);
                yield tracked;
            }
        };
    }

    /**
     * The hold's money becomes free, the cost is spent where it was held, and the flag says whether that is too much.
     * For a month that is closed it is a correction of today, spent today.
     */
    private Admission.Tracked book(HoldRow hold, NewEntry entry, List<UnpricedPart> unpriced) {
        if (hold.status() == HoldStatus.HELD) {
            free(hold);
        }
        boolean late = isLate(hold);
        if (late) {
            till.explainLate(entry.id(), hold.month());
        }
        List<WindowState> windows = late ? till.current(hold.payer()) : till.windowsOf(hold);
        BigDecimal cost = entry.charges().total().amount();
        windows.forEach(window -> window.spend(cost));
        boolean overBudget = windows.stream().anyMatch(WindowState::isOver);
        till.append(overBudget ? entry.flagged() : entry);
        return new Admission.Tracked(
                entry.id(),
                entry.charges().total(),
                Standings.of(till, hold.payer()),
                till.raiseAlerts(windows),
                overBudget,
                unpriced);
    }

    /** Its day may lie before its month, where a time zone changed when the two were worked out apart. */
    private boolean isLate(HoldRow hold) {
        return till.isClosed(hold.month()) || till.isClosed(hold.day());
    }

    private NewEntry entry(HoldRow hold, EntryKind kind, EntryLabels labels, Quantities quantities, Charges charges) {
        boolean late = isLate(hold);
        return new NewEntry(
                till.nextEntryId(),
                late ? EntryKind.CORRECTION : kind,
                hold.payer(),
                hold.id(),
                late ? till.today() : hold.day(),
                null,
                labels,
                null,
                null,
                quantities,
                charges,
                false);
    }

    Admission release(Order.Release order) {
        HoldRow hold = till.hold(order.hold());
        if (hold == null || (order.project() != null && !isCallOf(hold, order.project()))) {
            return new Admission.UnknownHold();
        }
        return switch (hold.status()) {
            case SETTLED -> new Admission.AlreadySettled();
            case RELEASED -> new Admission.Released(hold.amount(), hold.status());
            case EXPIRED -> {
                change(hold, HoldStatus.RELEASED, null, null, null);
                yield new Admission.Released(hold.amount(), hold.status());
            }
            case HELD -> {
                free(hold);
                change(hold, HoldStatus.RELEASED, null, null, null);
                yield new Admission.Released(hold.amount(), hold.status());
            }
        };
    }

    /** A caller may give back what was held for its call; what a run holds is given back when the run has ended. */
    private static boolean isCallOf(HoldRow hold, ProjectId project) {
        return hold.terms() instanceof HoldRow.OfCall && hold.payer().project().equals(project);
    }

    private void free(HoldRow hold) {
        till.windowsOf(hold).forEach(window -> window.free(hold.amount().amount()));
    }

    private void change(
            HoldRow hold, HoldStatus status, @Nullable EntryId entry, @Nullable Usd cost, @Nullable String answer) {
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
}
