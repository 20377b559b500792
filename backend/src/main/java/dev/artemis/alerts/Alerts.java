package dev.artemis.alerts;

import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A tenant's alerts, read. */
@Service
public class Alerts {

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
                () -> jdbc.sql("""
                                select alert_id, level, level_id, period, period_start, threshold, used, limit_amount,
                                       raised_at
                                from alerts order by raised_at desc, level, level_id, period, threshold desc limit :most""")
                        .param("most", most)
                        .query((row, number) -> alert(row))
                        .list());
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
