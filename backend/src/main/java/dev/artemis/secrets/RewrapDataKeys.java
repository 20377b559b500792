package dev.artemis.secrets;

import dev.artemis.persistence.TenantTransactions;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * After a start with another master key, wraps every data key with it. What no key that is here opens is left as it is.
 * Instances that start at once do it together: each wrapping is replaced only where it still is what was read.
 */
@Component
class RewrapDataKeys {

    private static final Logger log = LoggerFactory.getLogger(RewrapDataKeys.class);
    private static final int AT_ONCE = 1000;

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final MasterKeys masters;

    RewrapDataKeys(JdbcClient jdbc, TenantTransactions transactions, MasterKeys masters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.masters = masters;
    }

    /** How a run of it went. */
    record Rewrapped(int done, int unknown) {}

    private record Row(@Nullable UUID tenant, byte[] wrapped, String masterKeyId) {}

    @EventListener(ApplicationReadyEvent.class)
    void onReady() {
        Rewrapped result = run();
        if (result.done() > 0) {
            log.info("Master key changed, data keys wrapped anew={}", result.done());
        }
        if (result.unknown() > 0) {
            log.error(
                    "Data keys that no master key here opens={}; name it in ARTEMIS_OTHER_MASTER_KEYS",
                    result.unknown());
        }
    }

    Rewrapped run() {
        int done = 0;
        int unknown;
        int before;
        do {
            before = done;
            unknown = 0;
            for (Row row : stale()) {
                Optional<MasterKey> opener = masters.byId(row.masterKeyId());
                if (opener.isEmpty()) {
                    unknown++;
                } else if (rewrap(row, opener.get())) {
                    done++;
                }
            }
        } while (done - before == AT_ONCE);
        return new Rewrapped(done, unknown);
    }

    private List<Row> stale() {
        return transactions.acrossTenants(() -> jdbc.sql(
                        "select tenant_id, wrapped, master_key_id from door.data_keys_to_rewrap(:current, :most)")
                .param("current", masters.current().id())
                .param("most", AT_ONCE)
                .query((row, number) -> new Row(
                        row.getObject("tenant_id", UUID.class),
                        row.getBytes("wrapped"),
                        row.getString("master_key_id")))
                .list());
    }

    private boolean rewrap(Row row, MasterKey opener) {
        byte[] owner = Vault.belongsTo(row.tenant());
        byte[] key = AesGcm.open(opener.bytes(), row.wrapped(), owner);
        byte[] after = AesGcm.seal(masters.current().bytes(), key, owner);
        return transactions.acrossTenants(
                () -> jdbc.sql("select door.rewrap_data_key(:tenant, :before, :after, :master)")
                        .param("tenant", row.tenant(), Types.OTHER)
                        .param("before", row.wrapped())
                        .param("after", after)
                        .param("master", masters.current().id())
                        .query(Boolean.class)
                        .single());
    }
}
