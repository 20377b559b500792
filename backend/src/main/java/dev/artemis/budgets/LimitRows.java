package dev.artemis.budgets;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.shared.TenantId;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Limits in the database. */
final class LimitRows {

    private LimitRows() {}

    record LevelLimits(UUID level, Limits limits) {}

    static Pipeline.Rows<LevelLimits> read(Pipeline reading, TenantId tenant, SqlArray levels) {
        return reading.query(
                """
                select level_id, daily_limit, monthly_limit, alert_thresholds
                from limits where tenant_id = ? and level_id = any(?)\
                """, row -> new LevelLimits(row.getObject(1, UUID.class), limits(row, 2)), tenant.value(), levels);
    }

    /** @param first of the columns daily limit, monthly limit, thresholds */
    static Limits limits(ResultSet row, int first) throws SQLException {
        return new Limits(
                Columns.usd(row.getBigDecimal(first)),
                Columns.usd(row.getBigDecimal(first + 1)),
                Columns.numbers(row, first + 2));
    }

    static Map<UUID, Limits> byLevel(Collection<LevelLimits> rows) {
        return rows.stream().collect(Collectors.toMap(LevelLimits::level, LevelLimits::limits));
    }

    static void save(Pipeline writing, TenantId tenant, LimitScope scope, UUID level, Limits limits) {
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
    }
}
