package dev.artemis.alerts;

import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A tenant's alerts, read. */
@Service
public class Alerts {

    /** So many of the newest are listed, to people and programs. */
    public static final int LATEST = 500;

    private static final String ALERTS = """
            select alert_id, level, level_id, period, period_start, threshold, used, limit_amount, raised_at from alerts""";

    private static final String NEWEST =
            " order by raised_at desc, level, level_id, period, threshold desc limit :most";

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    Alerts(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * The newest alerts first.
     *
     * @param most how many at most
     */
    public List<Alert> latest(TenantId tenant, int most) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql(ALERTS + NEWEST)
                        .param("most", most)
                        .query((row, number) -> alert(row))
                        .list());
    }

    /** The same of some levels alone, by the ids of projects or keys. */
    public List<Alert> latest(TenantId tenant, Set<UUID> levels, int most) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql(ALERTS + " where level_id = any (:levels)" + NEWEST)
                        .param("levels", levels.toArray(UUID[]::new))
                        .param("most", most)
                        .query((row, number) -> alert(row))
                        .list());
    }

    /**
     * When a month's limit was used up, as far as an alert of 100 % or more tells it.
     *
     * @param level the tenant's or project's id
     * @param month its first day
     * @param limit as it is now, US dollars: what an alert says of another limit is not told
     */
    public Optional<Instant> usedUp(TenantId tenant, UUID level, LocalDate month, Usd limit) {
        return transactions
                .inTenant(
                        tenant,
                        () -> jdbc.sql("""
                        select raised_at from alerts
                        where level_id = :level and period = 'monthly' and period_start = :month and threshold >= 100
                          and limit_amount = :limit
                        order by raised_at limit 1""")
                                .param("level", level)
                                .param("month", month)
                                .param("limit", limit.amount())
                                .query(OffsetDateTime.class)
                                .optional())
                .map(OffsetDateTime::toInstant);
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getObject("alert_id", UUID.class),
                LimitScope.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                row.getObject("level_id", UUID.class),
                LimitPeriod.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                row.getObject("period_start", LocalDate.class),
                row.getBigDecimal("threshold").stripTrailingZeros(),
                new Usd(row.getBigDecimal("used")),
                new Usd(row.getBigDecimal("limit_amount")),
                row.getObject("raised_at", OffsetDateTime.class).toInstant());
    }
}
