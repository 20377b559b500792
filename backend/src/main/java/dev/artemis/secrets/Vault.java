package dev.artemis.secrets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/**
 * Seals secrets and opens them. Both join the running transaction, which acts for the team whose secret it is. The data
 * key is read and unwrapped each time: nothing open stays in memory.
 */
@Service
public class Vault {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final MasterKeys masters;

    Vault(JdbcClient jdbc, TenantTransactions transactions, MasterKeys masters) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.masters = masters;
    }

    /**
     * Seals a team's secret.
     *
     * @param belongsTo the row that holds it; elsewhere it does not open
     */
    public byte[] seal(TenantId tenant, UUID belongsTo, String secret) {
        return transactions.inTenant(tenant, () -> sealed(tenant.value(), belongsTo, secret));
    }

    /**
     * Opens a team's secret.
     *
     * @throws BrokenSeal it was altered or moved, or its master key is not here
     */
    public String open(TenantId tenant, UUID belongsTo, byte[] sealed) {
        return transactions.inTenant(tenant, () -> opened(tenant.value(), belongsTo, sealed));
    }

    /** The same for a secret that belongs to no team. */
    public byte[] seal(UUID belongsTo, String secret) {
        return transactions.acrossTenants(() -> sealed(null, belongsTo, secret));
    }

    /** The same for a secret that belongs to no team. */
    public String open(UUID belongsTo, byte[] sealed) {
        return transactions.acrossTenants(() -> opened(null, belongsTo, sealed));
    }

    private byte[] sealed(@Nullable UUID tenant, UUID belongsTo, String secret) {
        byte[] key = dataKey(tenant).orElseGet(() -> newDataKey(tenant));
        return AesGcm.seal(key, secret.getBytes(StandardCharsets.UTF_8), owner(tenant, belongsTo));
    }

    private String opened(@Nullable UUID tenant, UUID belongsTo, byte[] sealed) {
        byte[] key = dataKey(tenant).orElseThrow(BrokenSeal::new);
        return new String(AesGcm.open(key, sealed, owner(tenant, belongsTo)), StandardCharsets.UTF_8);
    }

    private Optional<byte[]> dataKey(@Nullable UUID tenant) {
        return jdbc.sql("""
                        select wrapped, master_key_id from data_keys where tenant_id is not distinct from :tenant""")
                .param("tenant", tenant, Types.OTHER)
                .query((row, number) -> unwrap(row.getBytes("wrapped"), row.getString("master_key_id"), tenant))
                .optional();
    }

    private byte[] unwrap(byte[] wrapped, String masterKeyId, @Nullable UUID tenant) {
        MasterKey master = masters.byId(masterKeyId).orElseThrow(BrokenSeal::new);
        return AesGcm.open(master.bytes(), wrapped, belongsTo(tenant));
    }

    /** Of two that make it at once, the first counts: the second reads what the first wrote. */
    private byte[] newDataKey(@Nullable UUID tenant) {
        byte[] wrapped = AesGcm.seal(masters.current().bytes(), AesGcm.newKey(), belongsTo(tenant));
        jdbc.sql("""
                        insert into data_keys (tenant_id, wrapped, master_key_id) values (:tenant, :wrapped, :master)
                        on conflict (tenant_id) do nothing""")
                .param("tenant", tenant, Types.OTHER)
                .param("wrapped", wrapped)
                .param("master", masters.current().id())
                .update();
        return dataKey(tenant).orElseThrow();
    }

    /** What a data key's wrapping is bound to: its team. */
    static byte[] belongsTo(@Nullable UUID tenant) {
        return ("data key of " + (tenant == null ? "the platform" : tenant)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] owner(@Nullable UUID tenant, UUID belongsTo) {
        return ("secret " + belongsTo + " of " + (tenant == null ? "the platform" : tenant))
                .getBytes(StandardCharsets.UTF_8);
    }
}
