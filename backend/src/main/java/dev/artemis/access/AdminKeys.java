package dev.artemis.access;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.KeyId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The administrators' keys: one that was given from outside, or one that was made. */
@Component
class AdminKeys {

    /** The key that was given has no id in its text: it is this one. */
    static final KeyId GIVEN = new KeyId(new UUID(0x7000, 0x8000_0000_0000_0001L));

    /** What is shorter can be guessed. */
    static final int MIN_GIVEN_LENGTH = 32;

    static final int MAX_GIVEN_LENGTH = 1000;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final AuthenticateKey authenticate;
    private final Clock clock;

    AdminKeys(JdbcClient jdbc, TenantTransactions transactions, AuthenticateKey authenticate, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.authenticate = authenticate;
        this.clock = clock;
    }

    /** Takes the key that was given; another one than before replaces it. */
    void take(String given) {
        transactions.acrossTenants(() -> jdbc.sql("select door.set_platform_key(:id, 'given at the start', :hash, :at)")
                .param("id", GIVEN.value())
                .param("hash", KeyText.hash(given))
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single());
        authenticate.forget(GIVEN);
    }

    /** Makes the first key. Empty where there is one. Instances that start at once make one together. */
    Optional<KeyText> makeFirst() {
        return transactions.acrossTenants(() -> {
            jdbc.sql("select 1 from pg_advisory_xact_lock(hashtext('artemis.admin-key'))")
                    .query(Integer.class)
                    .single();
            if (jdbc.sql("select door.has_admin_key()").query(Boolean.class).single()) {
                return Optional.empty();
            }
            KeyText key = KeyText.random(KeyId.random());
            jdbc.sql("select 1 from door.add_platform_key(:id, null, 'made at the first start', :hash, :at, null)")
                    .param("id", key.id().value())
                    .param("hash", key.hash())
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Integer.class)
                    .single();
            return Optional.of(key);
        });
    }
}
