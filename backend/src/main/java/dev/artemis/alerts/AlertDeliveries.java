package dev.artemis.alerts;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A team's deliveries: what became of them, and once more for those that were given up. */
@Service
public class AlertDeliveries {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Audit audit;

    AlertDeliveries(TenantTransactions transactions, JdbcClient jdbc, Audit audit) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
    }

    /**
     * Those of the newest alerts first; where they go is told whole only to who may change it.
     *
     * @param most how many at most
     */
    public List<AlertDelivery> latest(TenantId tenant, Caller reader, int most) {
        List<AlertDelivery> latest = latest(tenant, most);
        return Right.CHANGE_ALERTS.isOf(reader, tenant)
                ? latest
                : latest.stream().map(AlertDelivery::masked).toList();
    }

    private List<AlertDelivery> latest(TenantId tenant, int most) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.sql("""
                                select d.delivery_id, d.alert_id, c.kind, c.target, d.status, d.tries, d.next_try_at,
                                       d.last_error, d.delivered_at
                                from alert_deliveries d
                                join alerts a using (alert_id)
                                join alert_channels c using (channel_id)
                                order by a.raised_at desc, d.delivery_id limit :most""")
                        .param("most", most)
                        .query((row, number) -> delivery(row))
                        .list());
    }

    /**
     * Lets a dead one be tried again from the beginning, at once.
     *
     * @throws Problem 404: there is no such delivery; 409 {@code not-dead}, {@code channel-removed}
     */
    public void retry(Caller by, TenantId tenant, UUID id) {
        Right.CHANGE_ALERTS.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            boolean removed = jdbc.sql("""
                            select c.removed_at is not null
                            from alert_deliveries d join alert_channels c using (channel_id) where d.delivery_id = :id""")
                    .param("id", id)
                    .query(Boolean.class)
                    .optional()
                    .orElseThrow(() -> Problem.notFound("The delivery"));
            if (removed) {
                throw Problem.of(409, "channel-removed", "The channel that it was for was removed.");
            }
            int revived = jdbc.sql("""
                            update alert_deliveries
                            set status = 'waiting', tries = 0, next_try_at = artemis.money_now(), last_error = null
                            where delivery_id = :id and status = 'dead'""").param("id", id).update();
            if (revived == 0) {
                throw Problem.of(409, "not-dead", "The delivery was not given up.");
            }
            audit.record(by, new Change(Action.ALERT_DELIVERY_RETRIED, tenant, id.toString(), null, null));
        });
    }

    private static AlertDelivery delivery(ResultSet row) throws SQLException {
        var status = AlertDelivery.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
        return new AlertDelivery(
                row.getObject("delivery_id", UUID.class),
                row.getObject("alert_id", UUID.class),
                AlertChannel.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("target"),
                status,
                row.getInt("tries"),
                status == AlertDelivery.Status.WAITING ? instant(row, "next_try_at") : null,
                row.getString("last_error"),
                instant(row, "delivered_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
