package dev.artemis.budgets;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.persistence.SqlRows;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Windows in the database. */
final class WindowRows {

    /** Windows that one call goes through at most: day and month of key, project and tenant. */
    private static final int OF_ONE_CALL = 6;

    private WindowRows() {}

    /** The windows of the till's running day and month, and those that came since. */
    static Pipeline.Rows<WindowRow> readSinceRunning(Pipeline reading, TenantId tenant, SqlArray levels) {
        return reading.query("""
                  select level, level_id, period, period_start, starts_at, ends_at, spent, reserved, alerted
                  from windows
                  where tenant_id = ? and level_id = any(?)
                    and period_start >= (select least(day, month) from tills where tenant_id = ?)\
                  """, row -> window(row, 1), tenant.value(), levels, tenant.value());
    }

    static Pipeline.Rows<WindowRow> read(Pipeline reading, TenantId tenant, Collection<WindowKey> keys) {
        return reading.query(
                """
                select w.level, w.level_id, w.period, w.period_start, w.starts_at, w.ends_at, w.spent, w.reserved,
                       w.alerted
                from unnest(?::uuid[], ?::text[], ?::date[]) as k (level_id, period, start)
                join windows w on w.level_id = k.level_id and w.period = k.period and w.period_start = k.start
                where w.tenant_id = ?\
                """,
                row -> window(row, 1),
                SqlArray.of("uuid", keys, WindowKey::level),
                SqlArray.of("text", keys, WindowKey::period),
                SqlArray.of("date", keys, WindowKey::start),
                tenant.value());
    }

    /** A fresh window is inserted, never merged: one that is there already was overlooked, and that must be loud. */
    static void save(Pipeline writing, OpenTill till) {
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
                    SqlArray.of("text", rows, row -> Columns.literal(row.alerted())));
        }
        if (!known.isEmpty()) {
            SqlRows<WindowRow> rows = SqlRows.of(
                            known.stream().map(WindowState::row).toList())
                    .few(OF_ONE_CALL)
                    .column("uuid", row -> row.key().level())
                    .column("text", row -> row.key().period())
                    .column("date", row -> row.key().start())
                    .column("numeric", WindowRow::spent)
                    .column("numeric", WindowRow::reserved)
                    .column("text", row -> Columns.literal(row.alerted()));
            writing.update(
                    rows.statement("""
                    update windows w set spent = c.spent, reserved = c.reserved, alerted = c.alerted::numeric[]
                    from (select * from %s) as c (level_id, period, start, spent, reserved, alerted)
                    where w.tenant_id = ? and w.level_id = c.level_id and w.period = c.period
                      and w.period_start = c.start\
                    """), rows.parametersBefore(till.tenant().value()));
        }
    }

    /** @param first of the columns level, level id, period, its start, from, to, spent, reserved, alerted */
    static WindowRow window(ResultSet row, int first) throws SQLException {
        return new WindowRow(
                new WindowKey(
                        LimitScope.valueOf(row.getString(first).toUpperCase(Locale.ROOT)),
                        row.getObject(first + 1, UUID.class),
                        LimitPeriod.valueOf(row.getString(first + 2).toUpperCase(Locale.ROOT)),
                        row.getObject(first + 3, LocalDate.class)),
                Columns.instant(row, first + 4),
                Columns.instant(row, first + 5),
                row.getBigDecimal(first + 6),
                row.getBigDecimal(first + 7),
                Columns.numbers(row, first + 8));
    }
}
