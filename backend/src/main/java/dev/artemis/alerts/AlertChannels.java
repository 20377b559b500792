package dev.artemis.alerts;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.mail.Tongue;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.secrets.Vault;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Where a team's alerts go: made and removed by its owners, audited. */
@Service
public class AlertChannels {

    private static final int MOST = 20;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final Vault vault;
    private final AlertSettings settings;
    private final Clock clock;

    AlertChannels(
            TenantTransactions transactions,
            JdbcClient jdbc,
            Audit audit,
            Vault vault,
            AlertSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.jdbc = jdbc;
        this.audit = audit;
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A channel that was made.
     *
     * @param secret of a webhook: what its deliveries are signed with, shown this once; null for an e-mail address
     */
    public record Made(AlertChannel channel, @Nullable String secret) {}

    /** Those of a team, oldest first. */
    public List<AlertChannel> all(TenantId tenant) {
        return transactions.inTenant(
                tenant, () -> jdbc.sql("""
                                select channel_id, kind, target, created_at, created_by
                                from alert_channels where removed_at is null order by created_at, channel_id""").query((row, number) -> channel(row)).list());
    }

    /**
     * Makes one. Alerts that are raised from now on go there too.
     *
     * @param tongue of letters there, where whoever reads them never chose one
     * @throws Problem 422: the target is none, or there are 20 already; 409 {@code channel-exists}
     */
    public Made add(Caller by, TenantId tenant, AlertChannel.Kind kind, String target, Tongue tongue) {
        Right.CHANGE_ALERTS.require(by, tenant);
        String checked = AlertChannel.checked(kind, target, SendWebhook.reach(settings));
        var channel = new AlertChannel(UUID.randomUUID(), kind, checked, clock.instant(), by.name());
        String secret = switch (kind) {
            case EMAIL -> null;
            case WEBHOOK -> WebhookSignature.newSecret();
        };
        return transactions.inTenant(tenant, () -> {
            requireRoom(tenant, channel);
            insert(tenant, channel, secret, tongue);
            audit.record(
                    by,
                    new Change(
                            Action.ALERT_CHANNEL_CREATED, tenant, channel.id().toString(), null, channel));
            return new Made(channel, secret);
        });
    }

    /** Two at once would each not see the other: a team's channels queue on the team's row. */
    private void requireRoom(TenantId tenant, AlertChannel wanted) {
        jdbc.sql("select from tenants where tenant_id = :tenant for no key update")
                .param("tenant", tenant.value())
                .query()
                .listOfRows();
        List<AlertChannel> present = all(tenant);
        if (present.size() >= MOST) {
            throw Problem.notAllowed("target", "at most " + MOST + " channels");
        }
        if (present.stream()
                .anyMatch(one -> one.kind() == wanted.kind() && one.target().equals(wanted.target()))) {
            throw Problem.of(409, "channel-exists", "Alerts go there already.");
        }
    }

    private void insert(TenantId tenant, AlertChannel channel, @Nullable String secret, Tongue tongue) {
        byte[] sealed = secret == null ? null : vault.seal(tenant, channel.id(), secret);
        jdbc.sql("""
                        insert into alert_channels (channel_id, tenant_id, kind, target, sealed, language, created_at, created_by)
                        values (:id, :tenant, :kind, :target, :sealed, :language, :at, :by)""")
                .param("id", channel.id())
                .param("tenant", tenant.value())
                .param("kind", channel.kind().toString())
                .param("target", channel.target())
                .param("sealed", sealed, Types.BINARY)
                .param("language", tongue.code())
                .param("at", channel.createdAt().atOffset(ZoneOffset.UTC))
                .param("by", channel.createdBy())
                .update();
    }

    /**
     * Removes one; what was on its way there is given up.
     *
     * @throws Problem 404
     */
    public void remove(Caller by, TenantId tenant, UUID id) {
        Right.CHANGE_ALERTS.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            AlertChannel channel = one(id, "removed_at is null").orElseThrow(() -> Problem.notFound("The channel"));
            jdbc.sql("update alert_channels set removed_at = :at where channel_id = :id")
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .param("id", id)
                    .update();
            jdbc.sql("""
                            update alert_deliveries set status = 'dead', last_error = 'The channel was removed'
                            where channel_id = :id and status = 'waiting'""").param("id", id).update();
            audit.record(by, new Change(Action.ALERT_CHANNEL_REMOVED, tenant, id.toString(), channel, null));
        });
    }

    /**
     * Takes a removal back: alerts that are raised from now on go there again, signed with the secret of before. What was given
     * up stays so.
     *
     * @throws Problem 404: no such channel was removed; 422: there are 20; 409 {@code channel-exists}
     */
    public void putBack(Caller by, TenantId tenant, UUID id) {
        Right.CHANGE_ALERTS.require(by, tenant);
        transactions.inTenant(tenant, () -> {
            AlertChannel channel = one(id, "removed_at is not null").orElseThrow(() -> Problem.notFound("The channel"));
            requireRoom(tenant, channel);
            jdbc.sql("update alert_channels set removed_at = null where channel_id = :id")
                    .param("id", id)
                    .update();
            audit.record(by, new Change(Action.ALERT_CHANNEL_PUT_BACK, tenant, id.toString(), null, channel));
        });
    }

    /** @param state one that is written here, as SQL */
    private Optional<AlertChannel> one(UUID id, String state) {
        return jdbc.sql("""
                        select channel_id, kind, target, created_at, created_by
                        from alert_channels where channel_id = :id and %s""".formatted(state))
                .param("id", id)
                .query((row, number) -> channel(row))
                .optional();
    }

    private static AlertChannel channel(ResultSet row) throws SQLException {
        return new AlertChannel(
                row.getObject("channel_id", UUID.class),
                AlertChannel.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("target"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getString("created_by"));
    }
}
