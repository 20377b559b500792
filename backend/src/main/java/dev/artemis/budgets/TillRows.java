package dev.artemis.budgets;

import dev.artemis.ledger.Ledger;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Reads and writes a tenant's till in as few round trips as its work allows: one to lock and read, one to write. Holds
 * and windows of other days cost one more each.
 */
@Component
class TillRows {

    /** Two tries: a till that was missing is made after the first. */
    private static final int TRIES = 2;

    private final JdbcTemplate jdbc;
    private final Ledger ledger;

    TillRows(JdbcTemplate jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    private record TillRow(Periods periods, @Nullable LocalDate closedBefore) {}

    /** Locks the till of the running transaction's tenant and reads the windows and limits of these levels. */
    OpenTill open(TenantId tenant, Collection<UUID> levels, Collection<UUID> holds) {
        return open(tenant, levels, holds, reading -> {});
    }

    /**
     * The same, reading more in the same round trip, under the lock.
     *
     * @param besides adds statements
     */
    OpenTill open(TenantId tenant, Collection<UUID> levels, Collection<UUID> holds, Consumer<Pipeline> besides) {
        return open(tenant, levels, holds, null, besides);
    }

    /** The same as if it were that time: for what was spent before this platform came. */
    OpenTill openAt(TenantId tenant, Collection<UUID> levels, Instant at) {
        return open(tenant, levels, List.of(), at, reading -> {});
    }

    private OpenTill open(
            TenantId tenant,
            Collection<UUID> levels,
            Collection<UUID> holds,
            @Nullable Instant pretended,
            Consumer<Pipeline> besides) {
        for (int tried = 1; tried <= TRIES; tried++) {
            SqlArray wanted = SqlArray.of("uuid", levels, level -> level);
            var reading = new Pipeline();
            reading.actFor(tenant);
            var locked = reading.query("""
                    select day, day_starts_at, day_ends_at, month, month_starts_at, month_ends_at, closed_before
                    from tills where tenant_id = ? for update\
                    """, TillRows::tillRow, tenant.value());
            var standing = StandingRows.read(reading, tenant, wanted, pretended);
            besides.accept(reading);
            reading.run(jdbc);
            StandingRows.Clock read = standing.clock();
            if (locked.all().isEmpty()) {
                makeTill(tenant, Periods.at(read.now(), read.zone(), null));
                continue;
            }
            TillRow before = locked.all().getFirst();
            Periods periods = Periods.at(read.now(), read.zone(), before.periods());
            var till = new OpenTill(tenant, read.now(), periods, !periods.equals(before.periods()), read.terms());
            till.closedBefore(before.closedBefore(), read.zone());
            till.loaded(levels, standing.limits(), standing.windows());
            boolean due = read.firstExpiry() != null && !read.firstExpiry().isAfter(read.now());
            if (due || !holds.isEmpty()) {
                loadHolds(till, holds, due);
            }
            return till;
        }
        throw new IllegalStateException("The till of tenant " + tenant + " could not be made");
    }

    /** The periods and windows as they stand, without a lock: for pages. */
    OpenTill look(TenantId tenant, Collection<UUID> levels) {
        SqlArray wanted = SqlArray.of("uuid", levels, level -> level);
        var reading = new Pipeline();
        var standing = StandingRows.read(reading, tenant, wanted, null);
        var tills = reading.query("""
                select day, day_starts_at, day_ends_at, month, month_starts_at, month_ends_at, closed_before
                from tills where tenant_id = ?\
                """, TillRows::tillRow, tenant.value());
        var windows = WindowRows.readSinceRunning(reading, tenant, wanted);
        reading.run(jdbc);
        StandingRows.Clock read = standing.clock();
        TillRow before = tills.all().isEmpty() ? null : tills.all().getFirst();
        Periods periods = Periods.at(read.now(), read.zone(), before == null ? null : before.periods());
        var till = new OpenTill(tenant, read.now(), periods, false, read.terms());
        till.closedBefore(before == null ? null : before.closedBefore(), read.zone());
        till.loaded(levels, standing.limits(), windows.all());
        return till;
    }

    /** Makes sure that the till exists and holds its lock until the end of the transaction. */
    OpenTill lock(TenantId tenant) {
        return open(tenant, List.of(), List.of());
    }

    /** From that month on months are not closed; under the lock. */
    void saveClosedBefore(TenantId tenant, LocalDate month) {
        var writing = new Pipeline();
        writing.update("update tills set closed_before = ? where tenant_id = ?", month, tenant.value());
        writing.run(jdbc);
    }

    private void makeTill(TenantId tenant, Periods periods) {
        var making = new Pipeline();
        making.update(
                """
                insert into tills (tenant_id, day, day_starts_at, day_ends_at, month, month_starts_at, month_ends_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (tenant_id) do nothing\
                """,
                tenant.value(),
                periods.day().start(),
                periods.day().startsAt(),
                periods.day().endsAt(),
                periods.month().start(),
                periods.month().startsAt(),
                periods.month().endsAt());
        making.run(jdbc);
    }

    /** Reads holds that are asked for, those whose time is up, and all windows and levels that they concern. */
    private void loadHolds(OpenTill till, Collection<UUID> ids, boolean due) {
        var reading = new Pipeline();
        var named = HoldRows.read(reading, till.tenant(), ids);
        Pipeline.@Nullable Rows<HoldRow> expired = due ? HoldRows.readDue(reading, till.tenant(), till.now()) : null;
        reading.run(jdbc);
        named.all().forEach(till::loadedHold);
        if (expired != null) {
            loadedDue(till, expired.all());
        }
        loadWindowsOfHolds(till);
    }

    /** Reads more holds whose time is up, where more are than were read. Whether there were any. */
    boolean loadMoreDue(OpenTill till) {
        HoldRow last = till.lastDue();
        if (last == null) {
            return false;
        }
        var reading = new Pipeline();
        var due = HoldRows.readDueBehind(reading, till.tenant(), till.now(), last);
        reading.run(jdbc);
        loadedDue(till, due.all());
        loadWindowsOfHolds(till);
        return !due.all().isEmpty();
    }

    private static void loadedDue(OpenTill till, List<HoldRow> due) {
        till.loadedDue(due, due.size() == HoldRows.MOST_DUE);
    }

    private void loadWindowsOfHolds(OpenTill till) {
        List<UUID> levels = till.holds().stream()
                .flatMap(hold -> till.levels(hold.payer()).values().stream())
                .distinct()
                .filter(level -> !till.hasLoaded(level))
                .toList();
        List<WindowKey> keys = new ArrayList<>(till.holds().stream()
                .flatMap(hold -> till.keysOf(hold).stream())
                .toList());
        for (HoldRow hold : till.holds()) {
            till.levels(hold.payer()).forEach((scope, level) -> {
                for (LimitPeriod period : LimitPeriod.values()) {
                    keys.add(new WindowKey(
                            scope, level, period, till.periods().of(period).start()));
                }
            });
        }
        List<WindowKey> missing =
                keys.stream().distinct().filter(key -> !till.hasWindow(key)).toList();
        if (levels.isEmpty() && missing.isEmpty()) {
            return;
        }
        var reading = new Pipeline();
        var limits = LimitRows.read(reading, till.tenant(), SqlArray.of("uuid", levels, level -> level));
        var windows = WindowRows.read(reading, till.tenant(), missing);
        reading.run(jdbc);
        till.loaded(levels, LimitRows.byLevel(limits.all()), windows.all());
    }

    /** One hold, without a lock. */
    @Nullable HoldRow hold(TenantId tenant, UUID id) {
        var reading = new Pipeline();
        var rows = HoldRows.read(reading, tenant, List.of(id));
        reading.run(jdbc);
        return rows.all().isEmpty() ? null : rows.all().getFirst();
    }

    /** Writes all that changed, in one round trip. */
    void save(OpenTill till) {
        save(till, writing -> {});
    }

    /**
     * The same, with more in the same round trip.
     *
     * @param lastly adds statements after all others
     */
    void save(OpenTill till, Consumer<Pipeline> lastly) {
        var writing = new Pipeline();
        if (till.hasNewPeriods()) {
            savePeriods(writing, till);
        }
        WindowRows.save(writing, till);
        ledger.append(writing, till.tenant(), till.now(), till.entries());
        HoldRows.save(writing, till);
        saveWords(writing, till);
        lastly.accept(writing);
        writing.run(jdbc);
    }

    private static void savePeriods(Pipeline writing, OpenTill till) {
        Periods periods = till.periods();
        writing.update(
                """
                update tills set day = ?, day_starts_at = ?, day_ends_at = ?, month = ?, month_starts_at = ?,
                  month_ends_at = ?
                where tenant_id = ?\
                """,
                periods.day().start(),
                periods.day().startsAt(),
                periods.day().endsAt(),
                periods.month().start(),
                periods.month().startsAt(),
                periods.month().endsAt(),
                till.tenant().value());
    }

    /** Alerts, reasons of corrections, what had no rate, and how often a budget said no. */
    private static void saveWords(Pipeline writing, OpenTill till) {
        if (!till.alerts().isEmpty()) {
            List<OpenTill.Raised> raised = till.alerts();
            writing.update(
                    """
                    with raised as (
                      insert into alerts (tenant_id, raised_at, alert_id, level, level_id, period, period_start,
                        threshold, used, limit_amount)
                      select ?, ?, gen_random_uuid(), * from unnest(?::text[], ?::uuid[], ?::text[], ?::date[],
                        ?::numeric[], ?::numeric[], ?::numeric[])
                      on conflict (tenant_id, level_id, period, period_start, threshold) do nothing
                      returning tenant_id, alert_id, raised_at)
                    insert into alert_deliveries (delivery_id, tenant_id, alert_id, channel_id, status, next_try_at)
                    select gen_random_uuid(), tenant_id, r.alert_id, c.channel_id, 'waiting', r.raised_at
                    from raised r join alert_channels c using (tenant_id)
                    where c.removed_at is null\
                    """,
                    till.tenant().value(),
                    till.now(),
                    SqlArray.of("text", raised, it -> it.window().scope()),
                    SqlArray.of("uuid", raised, it -> it.window().level()),
                    SqlArray.of("text", raised, it -> it.window().period()),
                    SqlArray.of("date", raised, it -> it.window().start()),
                    SqlArray.of("numeric", raised, it -> it.alert().threshold()),
                    SqlArray.of("numeric", raised, it -> it.alert().used()),
                    SqlArray.of("numeric", raised, it -> it.alert().limit()));
        }
        for (OpenTill.Reason reason : till.reasons()) {
            writing.update(
                    """
                    insert into corrections (entry_id, tenant_id, reason, corrected_by, closed_month)
                    values (?, ?, ?, ?, ?::date)""",
                    reason.entry(),
                    till.tenant().value(),
                    reason.reason(),
                    reason.by(),
                    reason.closedMonth() == null ? null : reason.closedMonth().toString());
        }
        if (!till.unpriced().isEmpty()) {
            List<OpenTill.Unpriced> unpriced = till.unpriced();
            writing.update(
                    """
                    insert into unpriced_parts (tenant_id, recorded_at, entry_id, provider, model, what, counted)
                    select ?, ?, * from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[])\
                    """,
                    till.tenant().value(),
                    till.now(),
                    SqlArray.of("uuid", unpriced, it -> it.entry().value()),
                    SqlArray.of("text", unpriced, it -> it.priced().provider()),
                    SqlArray.of("text", unpriced, it -> it.priced().model()),
                    SqlArray.of("text", unpriced, it -> it.part().what()),
                    SqlArray.of("bigint", unpriced, it -> it.part().count()));
        }
        if (!till.refusals().isEmpty()) {
            var refusals = till.refusals().entrySet();
            writing.update(
                    """
                    insert into refusals as r (tenant_id, day, project_id, refused)
                    select ?, ?, * from unnest(?::uuid[], ?::bigint[])
                    on conflict (tenant_id, day, project_id) do update set refused = r.refused + excluded.refused\
                    """,
                    till.tenant().value(),
                    till.periods().day().start(),
                    SqlArray.of("uuid", refusals, Map.Entry::getKey),
                    SqlArray.of("bigint", refusals, Map.Entry::getValue));
        }
    }

    private static TillRow tillRow(ResultSet row) throws SQLException {
        return new TillRow(periods(row), row.getObject(7, LocalDate.class));
    }

    private static Periods periods(ResultSet row) throws SQLException {
        return new Periods(
                new Periods.Period(row.getObject(1, LocalDate.class), Columns.instant(row, 2), Columns.instant(row, 3)),
                new Periods.Period(
                        row.getObject(4, LocalDate.class), Columns.instant(row, 5), Columns.instant(row, 6)));
    }

    /** The limits of one level, or null. */
    @Nullable Limits limits(TenantId tenant, UUID level) {
        var reading = new Pipeline();
        var rows = LimitRows.read(reading, tenant, SqlArray.of("uuid", List.of(level), id -> id));
        reading.run(jdbc);
        return new HashMap<>(LimitRows.byLevel(rows.all())).get(level);
    }

    void saveLimits(TenantId tenant, LimitScope scope, UUID level, Limits limits) {
        var writing = new Pipeline();
        LimitRows.save(writing, tenant, scope, level, limits);
        writing.run(jdbc);
    }
}
