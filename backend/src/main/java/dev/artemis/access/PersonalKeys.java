package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Problem;
import dev.artemis.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** A person's own keys: made, listed, revoked by that person. */
@Service
public class PersonalKeys {

    private final JdbcClient jdbc;
    private final AuthenticateKey authenticate;
    private final Audit audit;
    private final TenantTransactions transactions;
    private final Clock clock;

    PersonalKeys(
            JdbcClient jdbc, AuthenticateKey authenticate, Audit audit, TenantTransactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.authenticate = authenticate;
        this.audit = audit;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Makes a key for the person.
     *
     * @param expiresAt in the future; null: never
     * @throws Problem 422 for a bad name or an end in the past
     */
    public IssuedKey<PersonalKey> create(Caller by, UserId whose, String name, @Nullable Instant expiresAt) {
        Instant now = clock.instant();
        String checked = ApiKeys.checkedName(name);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw Problem.notAllowed("expires_at", "a time in the future");
        }
        KeyText secret = KeyText.random(KeyId.random());
        PersonalKey key = new PersonalKey(secret.id(), checked, now, expiresAt, null);
        return transactions.acrossTenants(() -> {
            jdbc.sql("select 1 from door.add_platform_key(:id, :whose, :name, :hash, :at, :expires)")
                    .param("id", key.id().value())
                    .param("whose", whose.value())
                    .param("name", key.name())
                    .param("hash", secret.hash())
                    .param("at", now.atOffset(ZoneOffset.UTC))
                    .param(
                            "expires",
                            expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC),
                            Types.TIMESTAMP_WITH_TIMEZONE)
                    .query(Integer.class)
                    .single();
            audit.record(
                    by, new Change(Action.PERSONAL_KEY_CREATED, null, key.id().toString(), null, checked));
            return new IssuedKey<>(key, secret.reveal());
        });
    }

    /** The person's keys that are not revoked, oldest first. */
    public List<PersonalKey> all(UserId whose) {
        return transactions.acrossTenants(() -> jdbc.sql("""
                        select key_id, name, created_at, expires_at, last_used_at from door.personal_keys(:whose)""")
                .param("whose", whose.value())
                .query((row, number) -> new PersonalKey(
                        new KeyId(row.getObject("key_id", UUID.class)),
                        row.getString("name"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        instant(row, "expires_at"),
                        instant(row, "last_used_at")))
                .list());
    }

    /**
     * Revokes one of the person's keys: refused at once here, within a second elsewhere.
     *
     * @throws Problem 404 for no such key of that person
     */
    public void revoke(Caller by, UserId whose, KeyId id) {
        transactions.acrossTenants(() -> {
            boolean revoked = jdbc.sql("select door.revoke_personal_key(:id, :whose, :at)")
                    .param("id", id.value())
                    .param("whose", whose.value())
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Boolean.class)
                    .single();
            if (!revoked) {
                throw ApiKeys.noSuchKey();
            }
            audit.record(by, new Change(Action.PERSONAL_KEY_REVOKED, null, id.toString(), null, null));
            AfterCommit.run(() -> authenticate.forget(id));
            return revoked;
        });
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
