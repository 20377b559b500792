package dev.artemis.providers;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Problem;
import dev.artemis.shared.TenantId;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Asks providers about keys that are due. Each key is taken by one instance. */
@Component
@OnlyAs(ServerRole.WORKER)
class CheckKeysRegularly {

    private static final Logger log = LoggerFactory.getLogger(CheckKeysRegularly.class);
    private static final int AT_ONCE = 20;

    private final ProviderKeys keys;
    private final ProviderSettings settings;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    CheckKeysRegularly(ProviderKeys keys, ProviderSettings settings, JdbcClient jdbc, TenantTransactions transactions) {
        this.keys = keys;
        this.settings = settings;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    private record Due(TenantId tenant, UUID key) {}

    @Scheduled(fixedDelayString = "30s", initialDelayString = "10s")
    void checkWhatIsDue() {
        if (settings.checkEvery().isZero()) {
            return;
        }
        for (Due due : take()) {
            try {
                ProviderKey key = keys.check(due.tenant(), due.key());
                log.debug("Provider key checked, tenant={} key={} status={}", due.tenant(), due.key(), key.status());
            } catch (Problem gone) {
                log.debug("Provider key went away before it was checked, key={}", due.key());
            }
        }
    }

    private List<Due> take() {
        return transactions.acrossTenants(() -> jdbc.sql("""
                        select tenant_id, provider_key_id
                        from door.take_provider_keys_to_check(make_interval(secs => :seconds), :most)""")
                .param("seconds", settings.checkEvery().toSeconds())
                .param("most", AT_ONCE)
                .query((row, number) -> new Due(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        row.getObject("provider_key_id", UUID.class)))
                .list());
    }
}
