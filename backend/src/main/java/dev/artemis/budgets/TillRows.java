package dev.artemis.budgets;

import dev.artemis.ledger.Ledger;
import dev.artemis.ledger.Payer;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
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

    private static final String HOLDS = """
        select hold_id, status, project_id, key_id, member_id, amount, day, month, created_at, expires_at, stage,
               purpose, card, kind, provider, model, tier, cpu_second_rate, gib_second_rate, cost, answer
        from holds
        """;

    /** Two index look-ups a level: a level has as many windows as days have passed. */
    private static final String RUNNING_WINDOWS = """
            select w.level, w.level_id, w.period, w.period_start, w.starts_at, w.ends_at, w.spent, w.reserved, w.alerted
            from tills t
            join windows w on w.tenant_id = t.tenant_id and w.period = 'daily' and w.period_start = t.day
            where t.tenant_id = ? and w.level_id = any(?)
            union all
            select w.level, w.level_id, w.period, w.period_start, w.starts_at, w.ends_at, w.spent, w.reserved, w.alerted
            from tills t
            join windows w on w.tenant_id = t.tenant_id and w.period = 'monthly' and w.period_start = t.month
            where t.tenant_id = ? and w.level_id = any(?)""";

    /** Planned once and not for each batch: the plans are look-ups by key, whatever the parameters. */
    private static final String PLANNED_ONCE = "set local plan_cache_mode = force_generic_plan";

    private final JdbcTemplate jdbc;
    private final Ledger ledger;

    TillRows(JdbcTemplate jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    private record Clock(
            Instant now,
            ZoneId zone,
            OpenTill.Terms terms,
            @Nullable Instant firstExpiry) {}

    private record TillRow(Periods periods, @Nullable LocalDate closedBefore) {}

    private record LevelLimits(UUID level, Limits limits) {}

    /** Locks the till of the running transaction's tenant and reads the windows and limits of these levels. */
    OpenTill open(TenantId tenant, Collection<UUID> levels, Collection<UUID> holds) {
        return open(tenant, levels, holds, null);
    }

    /** The same as if it were that time: for what was spent before this platform came. */
    OpenTill openAt(TenantId tenant, Collection<UUID> levels, Instant at) {
        return open(tenant, levels, List.of(), at);
    }

    private OpenTill open(
            TenantId tenant, Collection<UUID> levels, Collection<UUID> holds, @Nullable Instant pretended) {
        for (int tried = 1; tried <= TRIES; tried++) {
            SqlArray wanted = SqlArray.of("uuid", levels, level -> level);
            var reading = new Pipeline();
            reading.update(PLANNED_ONCE);
            var locked = reading.query("""
                    select day, day_starts_at, day_ends_at, month, month_starts_at, month_ends_at, closed_before
                    from tills where tenant_id = ? for update\
                    """, TillRows::tillRow, tenant.value());
            var clock = readClock(reading, tenant, pretended);
            var limits = readLimits(reading, tenant, wanted);
            var windows =
                    reading.query(RUNNING_WINDOWS, TillRows::window, tenant.value(), wanted, tenant.value(), wanted);
            reading.run(jdbc);
            if (clock.all().isEmpty()) {
                throw new IllegalStateException("Tenant " + tenant + " does not exist");
            }
            Clock read = clock.all().getFirst();
            if (locked.all().isEmpty()) {
                makeTill(tenant, Periods.at(read.now(), read.zone(), null));
                continue;
            }
            TillRow before = locked.all().getFirst();
            Periods periods = Periods.at(read.now(), read.zone(), before.periods());
            var till = new OpenTill(tenant, read.now(), periods, !periods.equals(before.periods()), read.terms());
            till.closedBefore(before.closedBefore());
            till.loaded(levels, byLevel(limits.all()), windows.all());
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
        var clock = readClock(reading, tenant, null);
        var tills = reading.query("""
                select day, day_starts_at, day_ends_at, month, month_starts_at, month_ends_at, closed_before
                from tills where tenant_id = ?\
                """, TillRows::tillRow, tenant.value());
        var limits = readLimits(reading, tenant, wanted);
        var windows = reading.query("""
                  select level, level_id, period, period_start, starts_at, ends_at, spent, reserved, alerted
                  from windows
                  where tenant_id = ? and level_id = any(?)
                    and period_start >= (select least(day, month) from tills where tenant_id = ?)\
                  """, TillRows::window, tenant.value(), wanted, tenant.value());
        reading.run(jdbc);
        if (clock.all().isEmpty()) {
            throw new IllegalStateException("Tenant " + tenant + " does not exist");
        }
        Clock read = clock.all().getFirst();
        TillRow before = tills.all().isEmpty() ? null : tills.all().getFirst();
        Periods periods = Periods.at(read.now(), read.zone(), before == null ? null : before.periods());
        var till = new OpenTill(tenant, read.now(), periods, false, read.terms());
        till.closedBefore(before == null ? null : before.closedBefore());
        till.loaded(levels, byLevel(limits.all()), windows.all());
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

    private static Pipeline.Rows<Clock> readClock(Pipeline reading, TenantId tenant, @Nullable Instant pretended) {
        return reading.query(
                """
                select clock.now, t.suspended, t.cpu_second_rate, t.gib_second_rate,
                       case when t.next_time_zone_from <= clock.now then t.next_time_zone else t.time_zone end,
                       (select min(expires_at) from holds where tenant_id = ? and status = 'held')
                from (select coalesce(?::timestamptz, artemis.money_now()) as now) clock cross join tenants t
                where t.tenant_id = ?\
                """,
                row -> new Clock(
                        instant(row, 1),
                        ZoneId.of(row.getString(5)),
                        new OpenTill.Terms(
                                row.getBoolean(2),
                                new ComputeRates(new Usd(row.getBigDecimal(3)), new Usd(row.getBigDecimal(4)))),
                        optionalInstant(row, 6)),
                tenant.value(),
                pretended,
                tenant.value());
    }

    private static Pipeline.Rows<LevelLimits> readLimits(Pipeline reading, TenantId tenant, SqlArray levels) {
        return reading.query(
                """
                select level_id, daily_limit, monthly_limit, alert_thresholds
                from limits where tenant_id = ? and level_id = any(?)\
                """, row -> new LevelLimits(row.getObject(1, UUID.class), limits(row)), tenant.value(), levels);
    }

    private static Limits limits(ResultSet row) throws SQLException {
        return new Limits(usd(row.getBigDecimal(2)), usd(row.getBigDecimal(3)), numbers(row, 4));
    }

    private static Map<UUID, Limits> byLevel(Collection<LevelLimits> rows) {
        return rows.stream().collect(Collectors.toMap(LevelLimits::level, LevelLimits::limits));
    }

    /** Reads holds that are asked for, those whose time is up, and all windows and levels that they concern. */
    private void loadHolds(OpenTill till, Collection<UUID> ids, boolean due) {
        var reading = new Pipeline();
        var named = reading.query(
                HOLDS + "where tenant_id = ? and hold_id = any(?)",
                TillRows::hold,
                till.tenant().value(),
                SqlArray.of("uuid", ids, id -> id));
        Pipeline.@Nullable Rows<HoldRow> expired = due
                ? reading.query(
                        HOLDS
                                + "where tenant_id = ? and status = 'held' and expires_at <= ? order by expires_at"
                                + " limit 5000",
                        TillRows::hold,
                        till.tenant().value(),
                        till.now())
                : null;
        reading.run(jdbc);
        named.all().forEach(till::loadedHold);
        if (expired != null) {
            expired.all().forEach(till::loadedHold);
        }
        loadWindowsOfHolds(till);
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
        var reading = new Pipeline();
        var limits = readLimits(reading, till.tenant(), SqlArray.of("uuid", levels, level -> level));
        var windows = reading.query(
                """
                select w.level, w.level_id, w.period, w.period_start, w.starts_at, w.ends_at, w.spent, w.reserved,
                       w.alerted
                from unnest(?::uuid[], ?::text[], ?::date[]) as k (level_id, period, start)
                join windows w on w.level_id = k.level_id and w.period = k.period and w.period_start = k.start
                where w.tenant_id = ?\
                """,
                TillRows::window,
                SqlArray.of("uuid", missing, WindowKey::level),
                SqlArray.of("text", missing, WindowKey::period),
                SqlArray.of("date", missing, WindowKey::start),
                till.tenant().value());
        reading.run(jdbc);
        till.loaded(levels, byLevel(limits.all()), windows.all());
    }

    /** One hold, without a lock. */
    @Nullable HoldRow hold(TenantId tenant, UUID id) {
        var reading = new Pipeline();
        var rows = reading.query(HOLDS + "where tenant_id = ? and hold_id = ?", TillRows::hold, tenant.value(), id);
        reading.run(jdbc);
        return rows.all().isEmpty() ? null : rows.all().getFirst();
    }

    /** Writes all that changed, in one round trip. */
    void save(OpenTill till) {
        var writing = new Pipeline();
        if (till.hasNewPeriods()) {
            saveperiods(writing, till);
        }
        saveWindows(writing, till);
        ledger.append(writing, till.tenant(), till.now(), till.entries());
        saveHolds(writing, till);
        saveWords(writing, till);
        writing.run(jdbc);
    }

    private static void saveperiods(Pipeline writing, OpenTill till) {
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

    /** A fresh window is inserted, never merged: one that is there already was overlooked, and that must be loud. */
    private static void saveWindows(Pipeline writing, OpenTill till) {
        List<WindowState> fresh =
                till.changedWindows().stream().filter(WindowState::isFresh).toList();
        List<WindowState> known = till.changedWindows().stream()
                .filter(window -> !window.isFresh())
                .toList();
        if (!fresh.isEmpty()) {
            List<WindowRow> rows = fresh.stream().map(WindowState::row).toList();
            writing.update(
                    """
                    insert into windows (tenant_id, level, level_id, period, period_start, starts_at, ends_at, spent,
                      reserved, alerted)
                    select ?, level, level_id, period, period_start, starts_at, ends_at, spent, reserved,
                      alerted::numeric[]
                    from unnest(?::text[], ?::uuid[], ?::text[], ?::date[], ?::timestamptz[], ?::timestamptz[],
                      ?::numeric[], ?::numeric[], ?::text[])
                      as w (level, level_id, period, period_start, starts_at, ends_at, spent, reserved, alerted)\
                    """,
                    till.tenant().value(),
                    SqlArray.of("text", rows, row -> row.key().scope()),
                    SqlArray.of("uuid", rows, row -> row.key().level()),
                    SqlArray.of("text", rows, row -> row.key().period()),
                    SqlArray.of("date", rows, row -> row.key().start()),
                    SqlArray.of("timestamptz", rows, WindowRow::startsAt),
                    SqlArray.of("timestamptz", rows, WindowRow::endsAt),
                    SqlArray.of("numeric", rows, WindowRow::spent),
                    SqlArray.of("numeric", rows, WindowRow::reserved),
                    SqlArray.of("text", rows, row -> literal(row.alerted())));
        }
        if (!known.isEmpty()) {
            List<WindowRow> rows = known.stream().map(WindowState::row).toList();
            writing.update(
                    """
                    update windows w set spent = c.spent, reserved = c.reserved, alerted = c.alerted::numeric[]
                    from unnest(?::uuid[], ?::text[], ?::date[], ?::numeric[], ?::numeric[], ?::text[])
                      as c (level_id, period, start, spent, reserved, alerted)
                    where w.tenant_id = ? and w.level_id = c.level_id and w.period = c.period
                      and w.period_start = c.start\
                    """,
                    SqlArray.of("uuid", rows, row -> row.key().level()),
                    SqlArray.of("text", rows, row -> row.key().period()),
                    SqlArray.of("date", rows, row -> row.key().start()),
                    SqlArray.of("numeric", rows, WindowRow::spent),
                    SqlArray.of("numeric", rows, WindowRow::reserved),
                    SqlArray.of("text", rows, row -> literal(row.alerted())),
                    till.tenant().value());
        }
    }

    private static void saveHolds(Pipeline writing, OpenTill till) {
        List<HoldRow> made = till.newHolds();
        if (!made.isEmpty()) {
            writing.update(
                    """
                    insert into holds (tenant_id, status, hold_id, kind, project_id, key_id, member_id, amount, day,
                      month, created_at, expires_at, stage, purpose, card, provider, model, tier, cpu_second_rate,
                      gib_second_rate)
                    select ?, 'held', * from unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[], ?::uuid[], ?::numeric[],
                      ?::date[], ?::date[], ?::timestamptz[], ?::timestamptz[], ?::int[], ?::int[], ?::int[], ?::text[],
                      ?::text[], ?::text[], ?::numeric[], ?::numeric[])\
                    """,
                    till.tenant().value(),
                    SqlArray.of("uuid", made, HoldRow::id),
                    SqlArray.of("text", made, hold -> switch (hold.terms()) {
                        case HoldRow.OfCall call -> "call";
                        case HoldRow.OfRun run -> "run";
                    }),
                    SqlArray.of("uuid", made, hold -> hold.payer().project()),
                    SqlArray.of("uuid", made, hold -> hold.payer().key()),
                    SqlArray.of("uuid", made, hold -> hold.payer().member()),
                    SqlArray.of("numeric", made, HoldRow::amount),
                    SqlArray.of("date", made, HoldRow::day),
                    SqlArray.of("date", made, HoldRow::month),
                    SqlArray.of("timestamptz", made, HoldRow::createdAt),
                    SqlArray.of("timestamptz", made, HoldRow::expiresAt),
                    SqlArray.of("int", made, HoldRow::stage),
                    SqlArray.of("int", made, HoldRow::purpose),
                    SqlArray.of("int", made, HoldRow::card),
                    ofCall(made, call -> call.model().provider()),
                    ofCall(made, call -> call.model().model()),
                    ofCall(made, HoldRow.OfCall::tier),
                    ofRun(made, ComputeRates::cpuSecond),
                    ofRun(made, ComputeRates::gibSecond));
        }
        Collection<OpenTill.HoldChange> changes = till.holdChanges();
        if (!changes.isEmpty()) {
            writing.update(
                    """
                    update holds h set status = c.status, entry_id = c.entry_id, cost = c.cost, answer = c.answer
                    from unnest(?::uuid[], ?::text[], ?::uuid[], ?::numeric[], ?::text[])
                      as c (hold_id, status, entry_id, cost, answer)
                    where h.tenant_id = ? and h.hold_id = c.hold_id\
                    """,
                    SqlArray.of("uuid", changes, OpenTill.HoldChange::id),
                    SqlArray.of("text", changes, OpenTill.HoldChange::status),
                    SqlArray.of("uuid", changes, OpenTill.HoldChange::entry),
                    SqlArray.of("numeric", changes, OpenTill.HoldChange::cost),
                    SqlArray.of("text", changes, OpenTill.HoldChange::answer),
                    till.tenant().value());
        }
    }

    /** Alerts, reasons of corrections, and how often a budget said no. */
    private static void saveWords(Pipeline writing, OpenTill till) {
        if (!till.alerts().isEmpty()) {
            List<OpenTill.Raised> raised = till.alerts();
            writing.update(
                    """
                    insert into alerts (tenant_id, raised_at, alert_id, level, level_id, period, period_start, threshold,
                      used, limit_amount)
                    select ?, ?, gen_random_uuid(), * from unnest(?::text[], ?::uuid[], ?::text[], ?::date[],
                      ?::numeric[], ?::numeric[], ?::numeric[])
                    on conflict (tenant_id, level_id, period, period_start, threshold) do nothing\
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

    private static SqlArray ofCall(
            List<HoldRow> holds, java.util.function.Function<HoldRow.OfCall, @Nullable Object> value) {
        return SqlArray.of("text", holds, hold -> switch (hold.terms()) {
            case HoldRow.OfCall call -> value.apply(call);
            case HoldRow.OfRun run -> null;
        });
    }

    private static SqlArray ofRun(List<HoldRow> holds, java.util.function.Function<ComputeRates, Usd> value) {
        return SqlArray.of("numeric", holds, hold -> switch (hold.terms()) {
            case HoldRow.OfCall call -> null;
            case HoldRow.OfRun run -> value.apply(run.rates());
        });
    }

    private static TillRow tillRow(ResultSet row) throws SQLException {
        return new TillRow(periods(row), row.getObject(7, LocalDate.class));
    }

    private static Periods periods(ResultSet row) throws SQLException {
        return new Periods(
                new Periods.Period(row.getObject(1, LocalDate.class), instant(row, 2), instant(row, 3)),
                new Periods.Period(row.getObject(4, LocalDate.class), instant(row, 5), instant(row, 6)));
    }

    private static WindowRow window(ResultSet row) throws SQLException {
        return new WindowRow(
                new WindowKey(
                        LimitScope.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
                        row.getObject(2, UUID.class),
                        LimitPeriod.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                        row.getObject(4, LocalDate.class)),
                instant(row, 5),
                instant(row, 6),
                row.getBigDecimal(7),
                row.getBigDecimal(8),
                numbers(row, 9));
    }

    private static HoldRow hold(ResultSet row) throws SQLException {
        UUID key = row.getObject(4, UUID.class);
        UUID member = row.getObject(5, UUID.class);
        boolean ofCall = row.getString(14).equals("call");
        return new HoldRow(
                row.getObject(1, UUID.class),
                HoldRow.Status.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                new Payer(
                        new ProjectId(row.getObject(3, UUID.class)),
                        key == null ? null : new KeyId(key),
                        member == null ? null : new UserId(member)),
                new Usd(row.getBigDecimal(6)),
                row.getObject(7, LocalDate.class),
                row.getObject(8, LocalDate.class),
                instant(row, 9),
                optionalInstant(row, 10),
                row.getInt(11),
                row.getObject(12, Integer.class),
                row.getObject(13, Integer.class),
                ofCall
                        ? new HoldRow.OfCall(
                                new ModelRef(row.getString(15), row.getString(16)), ServiceTier.of(row.getString(17)))
                        : new HoldRow.OfRun(
                                new ComputeRates(new Usd(row.getBigDecimal(18)), new Usd(row.getBigDecimal(19)))),
                usd(row.getBigDecimal(20)),
                row.getString(21));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(optionalInstant(row, column));
    }

    private static @Nullable Instant optionalInstant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Usd usd(@Nullable BigDecimal amount) {
        return amount == null ? null : new Usd(amount);
    }

    private static List<BigDecimal> numbers(ResultSet row, int column) throws SQLException {
        return Arrays.asList((BigDecimal[]) row.getArray(column).getArray());
    }

    private static String literal(Collection<BigDecimal> numbers) {
        return numbers.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(",", "{", "}"));
    }

    /** The limits of one level, or null. */
    @Nullable Limits limits(TenantId tenant, UUID level) {
        var reading = new Pipeline();
        var rows = readLimits(reading, tenant, SqlArray.of("uuid", List.of(level), id -> id));
        reading.run(jdbc);
        return new HashMap<>(byLevel(rows.all())).get(level);
    }

    void saveLimits(TenantId tenant, LimitScope scope, UUID level, Limits limits) {
        var writing = new Pipeline();
        writing.update(
                """
                insert into limits (tenant_id, level, level_id, daily_limit, monthly_limit, alert_thresholds)
                values (?, ?, ?, ?, ?, ?)
                on conflict (tenant_id, level_id) do update set daily_limit = excluded.daily_limit,
                  monthly_limit = excluded.monthly_limit, alert_thresholds = excluded.alert_thresholds\
                """,
                tenant.value(),
                scope.toString(),
                level,
                limits.daily() == null ? null : limits.daily().amount(),
                limits.monthly() == null ? null : limits.monthly().amount(),
                SqlArray.of("numeric", limits.alertThresholds(), BigDecimal::toPlainString));
        writing.run(jdbc);
    }
}
