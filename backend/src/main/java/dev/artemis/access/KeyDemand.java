package dev.artemis.access;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.KeyId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What instances tell each other of how much is asked of them with busy keys, so that a key's limit holds over all of them. */
@Component
public class KeyDemand {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    KeyDemand(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /**
     * Says what was asked of an instance in the last second with keys that were busy there; all others of its keys are quiet.
     *
     * @return what was asked of all other instances with each of these keys, a second
     */
    public Map<KeyId, Long> share(UUID instance, Map<KeyId, Long> here) {
        List<KeyId> keys = List.copyOf(here.keySet());
        Map<KeyId, Long> elsewhere = new HashMap<>();
        transactions.acrossTenants(() -> {
            jdbc.sql("""
                            select key_id, elsewhere
                            from door.share_key_demand(:instance, :keys::uuid[], :requests::bigint[])""")
                    .param("instance", instance)
                    .param("keys", keys.stream().map(KeyId::toString).collect(Collectors.joining(",", "{", "}")))
                    .param(
                            "requests",
                            keys.stream()
                                    .map(key -> String.valueOf(here.get(key)))
                                    .collect(Collectors.joining(",", "{", "}")))
                    .query(row -> {
                        elsewhere.put(new KeyId(row.getObject("key_id", UUID.class)), row.getLong("elsewhere"));
                    });
            return elsewhere;
        });
        return elsewhere;
    }
}
