package dev.artemis.alerts;

import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.mail.Tongue;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.secrets.Vault;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deliveries in the database, for whoever sends them. */
@Component
class Outbox {

    private static final int LONGEST_ERROR = 500;

    /** Longer than any try takes. */
    private static final int LEASE_SECONDS = 120;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Vault vault;

    Outbox(TenantTransactions transactions, JdbcClient jdbc, Vault vault) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.vault = vault;
    }

    /**
     * One that is ours for now.
     *
     * @param tries this one included
     */
    record Claimed(UUID delivery, TenantId tenant, UUID channel, AlertChannel.Kind kind, int tries) {}

    /**
     * How much may be taken.
     *
     * @param most in all
     * @param emails of those
     * @param toOne for one channel
     */
    record Room(int most, int emails, int toOne) {}

    /** What is to be sent, and where to. */
    record Parcel(
            AlertChannel.Kind kind, String target, @Nullable String secret, Tongue tongue, Message message) {}

    /**
     * Takes what is due, the longest due first.
     *
     * @param busy channels that get none now
     */
    List<Claimed> claim(Room room, Collection<UUID> busy) {
        return transactions.acrossTenants(() -> jdbc.sql("""
                        select delivery_id, tenant_id, channel_id, kind, tries
                        from door.claim_alert_deliveries(:most, make_interval(secs => :lease), :toOne, :busy, :emails)""")
                .param("most", room.most())
                .param("lease", LEASE_SECONDS)
                .param("toOne", room.toOne())
                .param("busy", busy.toArray(UUID[]::new))
                .param("emails", room.emails())
                .query((row, number) -> new Claimed(
                        row.getObject("delivery_id", UUID.class),
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getObject("channel_id", UUID.class),
                        kind(row),
                        row.getInt("tries")))
                .list());
    }

    private static AlertChannel.Kind kind(ResultSet row) throws SQLException {
        return AlertChannel.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
    }

    /** Empty where it is on its way no more. */
    Optional<Parcel> open(Claimed claimed) {
        return transactions.inTenant(
                claimed.tenant(),
                () -> jdbc.sql("""
                                select c.channel_id, c.kind, c.target, c.sealed, c.language, a.alert_id, t.name as team, t.slug as tenant, a.level,
                                       coalesce(p.slug, kp.slug) as project, k.name as key, a.period, a.period_start,
                                       a.threshold, a.used, a.limit_amount, a.raised_at
                                from alert_deliveries d
                                join alerts a using (alert_id)
                                join alert_channels c using (channel_id)
                                join tenants t on t.tenant_id = a.tenant_id
                                left join projects p on a.level = 'project' and p.project_id = a.level_id
                                left join api_keys k on a.level = 'key' and k.key_id = a.level_id
                                left join projects kp on kp.project_id = k.project_id
                                where d.delivery_id = :id and d.status = 'waiting'""")
                        .param("id", claimed.delivery())
                        .query((row, number) -> parcel(row, claimed.tenant()))
                        .optional());
    }

    void delivered(Claimed claimed) {
        transactions.inTenant(claimed.tenant(), () -> {
            jdbc.sql("""
                            update alert_deliveries
                            set status = 'delivered', delivered_at = artemis.money_now(), last_error = null
                            where delivery_id = :id and status = 'waiting'""").param("id", claimed.delivery()).update();
        });
    }

    void again(Claimed claimed, String why, Duration after) {
        transactions.inTenant(claimed.tenant(), () -> {
            jdbc.sql("""
                            update alert_deliveries
                            set next_try_at = artemis.money_now() + make_interval(secs => :after), last_error = :why
                            where delivery_id = :id and status = 'waiting'""")
                    .param("id", claimed.delivery())
                    .param("after", after.toSeconds())
                    .param("why", cut(why))
                    .update();
        });
    }

    void dead(Claimed claimed, String why) {
        transactions.inTenant(claimed.tenant(), () -> {
            jdbc.sql("""
                            update alert_deliveries set status = 'dead', last_error = :why
                            where delivery_id = :id and status = 'waiting'""").param("id", claimed.delivery()).param("why", cut(why)).update();
        });
    }

    private static String cut(String why) {
        return why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) : why;
    }

    private Parcel parcel(ResultSet row, TenantId tenant) throws SQLException {
        var message = new Message(
                Message.TYPE,
                row.getObject("alert_id", UUID.class),
                row.getString("team"),
                row.getString("tenant"),
                LimitScope.valueOf(row.getString("level").toUpperCase(Locale.ROOT)),
                row.getString("project"),
                row.getString("key"),
                LimitPeriod.valueOf(row.getString("period").toUpperCase(Locale.ROOT)),
                row.getObject("period_start", LocalDate.class),
                row.getBigDecimal("threshold").stripTrailingZeros(),
                new Usd(row.getBigDecimal("used")),
                new Usd(row.getBigDecimal("limit_amount")),
                row.getObject("raised_at", OffsetDateTime.class).toInstant());
        byte[] sealed = row.getBytes("sealed");
        return new Parcel(
                kind(row),
                row.getString("target"),
                sealed == null ? null : vault.open(tenant, row.getObject("channel_id", UUID.class), sealed),
                Tongue.ofCode(row.getString("language")).orElseThrow(),
                message);
    }
}
