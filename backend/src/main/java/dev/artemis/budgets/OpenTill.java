package dev.artemis.budgets;

import dev.artemis.ledger.LedgerIds;
import dev.artemis.ledger.NewEntry;
import dev.artemis.ledger.Payer;
import dev.artemis.prices.Pricing.Priced;
import dev.artemis.prices.UnpricedPart;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A tenant's money while its till is locked: what was read, and what is to be written at the end. */
final class OpenTill {

    /** What the tenant's row says. */
    record Terms(boolean suspended, ComputeRates rates) {}

    /** An alert that is to be written. */
    record Raised(WindowKey window, AlertRaised alert) {}

    /** A correction's words that are to be written, and the closed month that it came late for. */
    record Reason(
            UUID entry, String reason, String by, @Nullable LocalDate closedMonth) {}

    /** What of an entry has no rate. */
    record Unpriced(EntryId entry, Priced priced, UnpricedPart part) {}

    /** A hold's new state that is to be written. */
    record HoldChange(
            UUID id,
            HoldStatus status,
            @Nullable UUID entry,
            @Nullable Usd cost,
            @Nullable String answer) {}

    private final TenantId tenant;
    private final Instant now;
    private final Periods periods;
    private final boolean newPeriods;
    private final Terms terms;
    private final Map<UUID, Limits> limits = new HashMap<>();
    private final Map<WindowKey, WindowState> windows = new HashMap<>();
    private final Map<UUID, HoldRow> holds = new HashMap<>();
    private final Set<UUID> loadedLevels = new HashSet<>();

    private final List<NewEntry> entries = new ArrayList<>();
    private final List<HoldRow> newHolds = new ArrayList<>();
    private final Map<UUID, HoldChange> holdChanges = new LinkedHashMap<>();
    private final List<Raised> alerts = new ArrayList<>();
    private final List<Reason> reasons = new ArrayList<>();
    private final List<Unpriced> unpriced = new ArrayList<>();
    private final Map<ProjectId, Long> refusals = new HashMap<>();
    private @Nullable LocalDate closedBefore;
    private ZoneId zone = ZoneOffset.UTC;
    private @Nullable HoldRow lastDue;

    OpenTill(TenantId tenant, Instant now, Periods periods, boolean newPeriods, Terms terms) {
        this.tenant = tenant;
        this.now = now;
        this.periods = periods;
        this.newPeriods = newPeriods;
        this.terms = terms;
    }

    /** The first month that is not closed; null: none was closed yet. */
    @Nullable LocalDate closedBefore() {
        return closedBefore;
    }

    /** @param zone that days are of, so that a moment is known to be of a closed month */
    void closedBefore(@Nullable LocalDate month, ZoneId zone) {
        this.closedBefore = month;
        this.zone = zone;
    }

    /** Whether nothing is dated into the month of a day any more. */
    boolean isClosed(LocalDate day) {
        return closedBefore != null && day.isBefore(closedBefore);
    }

    /** The first day of the closed month that a moment lies in; null: its month is open. */
    @Nullable LocalDate closedMonth(Instant at) {
        LocalDate day = LocalDate.ofInstant(at, zone);
        return at.isBefore(periods.month().startsAt()) && isClosed(day) ? day.withDayOfMonth(1) : null;
    }

    /** Says of an entry of today that it came late for a closed month. */
    void explainLate(EntryId entry, LocalDate month) {
        explain(new Reason(
                entry.value(), "Came when " + YearMonth.from(month) + " was closed already", "platform", month));
    }

    /**
     * The day that money is dated today.
     *
     * @throws IllegalStateException its month is closed: a closed month's figures never change, so nothing is booked
     */
    LocalDate today() {
        LocalDate today = periods.day().start();
        if (isClosed(today)) {
            throw new IllegalStateException(
                    "Tenant " + tenant + " counts " + today + ", a day of a month that is closed");
        }
        return today;
    }

    /** Takes in what was read of some levels: from here on a window that is missing is a new one. */
    void loaded(Collection<UUID> levels, Map<UUID, Limits> limitsRead, Collection<WindowRow> rows) {
        loadedLevels.addAll(levels);
        limits.putAll(limitsRead);
        for (WindowRow row : rows) {
            windows.putIfAbsent(
                    row.key(), new WindowState(row, limitsOf(row.key().level())));
        }
    }

    /** Takes in a hold as it was read; one that is known already may have changed since. */
    void loadedHold(HoldRow hold) {
        holds.putIfAbsent(hold.id(), hold);
    }

    /** The same for some of those whose time is up; where there are more, they come behind the last of these. */
    void loadedDue(List<HoldRow> due, boolean more) {
        due.forEach(this::loadedHold);
        lastDue = more ? due.getLast() : null;
    }

    /** Behind which more holds are due that were not read; null: all were. */
    @Nullable HoldRow lastDue() {
        return lastDue;
    }

    /** The windows of today and this month that a payer's money goes through: key, project, tenant; day before month. */
    List<WindowState> current(Payer payer) {
        List<WindowState> found = new ArrayList<>(6);
        for (LimitPeriod period : LimitPeriod.values()) {
            levels(payer).forEach((scope, level) -> found.add(current(scope, level, period)));
        }
        return found;
    }

    /** The windows of today and this month of one level. */
    List<WindowState> current(LimitScope scope, UUID level) {
        return Arrays.stream(LimitPeriod.values())
                .map(period -> current(scope, level, period))
                .toList();
    }

    WindowState current(LimitScope scope, UUID level, LimitPeriod period) {
        Periods.Period running = periods.of(period);
        WindowKey key = new WindowKey(scope, level, period, running.start());
        if (!loadedLevels.contains(level)) {
            throw new IllegalStateException("The windows of " + key + " were not read");
        }
        return windows.computeIfAbsent(key, fresh -> WindowState.fresh(fresh, running, limitsOf(level)));
    }

    /** All windows of today and this month: tenant, then project, then key, where they are named. */
    List<BudgetStatus.Window> status(@Nullable ProjectId project, @Nullable KeyId key) {
        Map<LimitScope, UUID> levels = new LinkedHashMap<>();
        levels.put(LimitScope.TENANT, tenant.value());
        if (project != null) {
            levels.put(LimitScope.PROJECT, project.value());
        }
        if (key != null) {
            levels.put(LimitScope.KEY, key.value());
        }
        List<BudgetStatus.Window> status = new ArrayList<>(6);
        levels.forEach((scope, level) -> {
            for (LimitPeriod period : LimitPeriod.values()) {
                status.add(current(scope, level, period).status());
            }
        });
        return status;
    }

    /** The windows that a hold was made in. */
    List<WindowState> windowsOf(HoldRow hold) {
        return keysOf(hold).stream()
                .map(key -> {
                    WindowState window = windows.get(key);
                    if (window == null) {
                        throw new IllegalStateException("The window " + key + " of a hold was not read");
                    }
                    return window;
                })
                .toList();
    }

    List<WindowKey> keysOf(HoldRow hold) {
        List<WindowKey> keys = new ArrayList<>(6);
        levels(hold.payer()).forEach((scope, level) -> {
            keys.add(new WindowKey(scope, level, LimitPeriod.DAILY, hold.day()));
            keys.add(new WindowKey(scope, level, LimitPeriod.MONTHLY, hold.month()));
        });
        return keys;
    }

    Map<LimitScope, UUID> levels(Payer payer) {
        return levels(tenant, payer);
    }

    static Map<LimitScope, UUID> levels(TenantId tenant, Payer payer) {
        Map<LimitScope, UUID> levels = new LinkedHashMap<>();
        if (payer.key() != null) {
            levels.put(LimitScope.KEY, payer.key().value());
        }
        levels.put(LimitScope.PROJECT, payer.project().value());
        levels.put(LimitScope.TENANT, tenant.value());
        return levels;
    }

    private Limits limitsOf(UUID level) {
        return limits.getOrDefault(level, Limits.NONE);
    }

    @Nullable HoldRow hold(UUID id) {
        return holds.get(id);
    }

    Collection<HoldRow> holds() {
        return List.copyOf(holds.values());
    }

    boolean hasLoaded(UUID level) {
        return loadedLevels.contains(level);
    }

    boolean hasWindow(WindowKey key) {
        return windows.containsKey(key);
    }

    /** An id that sorts behind all entries of this batch. */
    EntryId nextEntryId() {
        return LedgerIds.next(now, entries.size());
    }

    void append(NewEntry entry) {
        entries.add(entry);
    }

    void hold(HoldRow hold) {
        newHolds.add(hold);
        holds.put(hold.id(), hold);
    }

    void change(HoldChange change, HoldRow after) {
        holdChanges.put(change.id(), change);
        holds.put(after.id(), after);
    }

    /** Raises what a window's spending reached first. */
    List<AlertRaised> raiseAlerts(Collection<WindowState> touched) {
        List<AlertRaised> raised = new ArrayList<>();
        for (WindowState window : touched) {
            for (AlertRaised alert : window.newAlerts()) {
                raised.add(alert);
                alerts.add(new Raised(window.key(), alert));
            }
        }
        return raised;
    }

    void explain(Reason reason) {
        reasons.add(reason);
    }

    void leaveUnpriced(EntryId entry, Priced priced) {
        priced.unpriced().forEach(part -> unpriced.add(new Unpriced(entry, priced, part)));
    }

    void countRefusal(ProjectId project) {
        refusals.merge(project, 1L, Long::sum);
    }

    TenantId tenant() {
        return tenant;
    }

    Instant now() {
        return now;
    }

    Periods periods() {
        return periods;
    }

    boolean hasNewPeriods() {
        return newPeriods;
    }

    Terms terms() {
        return terms;
    }

    List<NewEntry> entries() {
        return entries;
    }

    List<HoldRow> newHolds() {
        return newHolds;
    }

    Collection<HoldChange> holdChanges() {
        return holdChanges.values();
    }

    List<Raised> alerts() {
        return alerts;
    }

    List<Reason> reasons() {
        return reasons;
    }

    List<Unpriced> unpriced() {
        return unpriced;
    }

    Map<ProjectId, Long> refusals() {
        return refusals;
    }

    List<WindowState> changedWindows() {
        return windows.values().stream().filter(WindowState::isChanged).toList();
    }
}
