package dev.artemis.budgets;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant.ComputeRates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a tenant stands, read by one statement: the clock and the tenant's terms, the limits of the levels that were asked for, and their
 * windows of the till's running day and month. A row for each level and window.
 */
final class StandingRows {

    private static final int FIRST_OF_LIMITS = 7;
    private static final int FIRST_OF_WINDOW = 11;

    private final TenantId tenant;
    private final Map<UUID, Limits> limits = new HashMap<>();
    private final List<WindowRow> windows = new ArrayList<>();
    private @Nullable Clock clock;

    private StandingRows(TenantId tenant) {
        this.tenant = tenant;
    }

    /**
     * The time it is for money, and what holds for the tenant at it.
     *
     * @param firstExpiry of what is held; null where nothing is that can expire
     */
    record Clock(
            Instant now,
            ZoneId zone,
            OpenTill.Terms terms,
            @Nullable Instant firstExpiry) {}

    /**
     * Adds the statement; what it reads is there once the pipeline has run. Two index look-ups a level: a level has as many windows as
     * days have passed.
     *
     * @param pretended the time it shall be; null for the database's own
     */
    static StandingRows read(Pipeline reading, TenantId tenant, SqlArray levels, @Nullable Instant pretended) {
        StandingRows standing = new StandingRows(tenant);
        reading.query("""
                select clock.now, t.suspended, t.cpu_second_rate, t.gib_second_rate,
                       case when t.next_time_zone_from <= clock.now then t.next_time_zone else t.time_zone end,
                       (select min(expires_at) from holds where tenant_id = ? and status = 'held'),
                       l.level_id, l.daily_limit, l.monthly_limit, l.alert_thresholds,
                       w.level, w.level_id, w.period, w.period_start, w.starts_at, w.ends_at, w.spent, w.reserved, w.alerted
                from (select coalesce(?::timestamptz, artemis.money_now()) as now) clock
                cross join tenants t
                left join tills on tills.tenant_id = t.tenant_id
                left join unnest(?::uuid[]) as asked (level_id) on true
                left join limits l on l.tenant_id = t.tenant_id and l.level_id = asked.level_id
                left join lateral (
                  select * from windows d
                  where d.tenant_id = t.tenant_id and d.level_id = asked.level_id and d.period = 'daily'
                    and d.period_start = tills.day
                  union all
                  select * from windows m
                  where m.tenant_id = t.tenant_id and m.level_id = asked.level_id and m.period = 'monthly'
                    and m.period_start = tills.month) w on true
                where t.tenant_id = ?\
                """, standing::take, tenant.value(), pretended, levels, tenant.value());
        return standing;
    }

    private boolean take(ResultSet row) throws SQLException {
        if (clock == null) {
            clock = new Clock(
                    Columns.instant(row, 1),
                    ZoneId.of(row.getString(5)),
                    new OpenTill.Terms(
                            row.getBoolean(2),
                            new ComputeRates(new Usd(row.getBigDecimal(3)), new Usd(row.getBigDecimal(4)))),
                    Columns.optionalInstant(row, 6));
        }
        UUID level = row.getObject(FIRST_OF_LIMITS, UUID.class);
        if (level != null && !limits.containsKey(level)) {
            limits.put(level, LimitRows.limits(row, FIRST_OF_LIMITS + 1));
        }
        if (row.getString(FIRST_OF_WINDOW) != null) {
            windows.add(WindowRows.window(row, FIRST_OF_WINDOW));
        }
        return true;
    }

    /** @throws IllegalStateException there is no such tenant */
    Clock clock() {
        if (clock == null) {
            throw new IllegalStateException("Tenant " + tenant + " does not exist");
        }
        return clock;
    }

    Map<UUID, Limits> limits() {
        return limits;
    }

    List<WindowRow> windows() {
        return windows;
    }
}
