package dev.artemis.tenants;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Erases teams whose deletion was asked for long enough ago; see {@code door.erase_tenants} for what goes, what stays, and what the
 * audit log says of it in the same transaction. */
@Component
@OnlyAs(ServerRole.WORKER)
class EraseTenants {

    private static final Logger log = LoggerFactory.getLogger(EraseTenants.class);
    private static final int AT_ONCE = 10;

    private final DeletionSettings settings;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    EraseTenants(DeletionSettings settings, JdbcClient jdbc, TenantTransactions transactions) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Scheduled(fixedDelayString = "10m", initialDelayString = "1m")
    void eraseWhatIsDue() {
        erase(settings.deletionGrace());
    }

    int erase(Duration grace) {
        List<TenantId> erased = transactions.acrossTenants(
                () -> jdbc.sql("select tenant_id from door.erase_tenants(make_interval(secs => :grace), :most)")
                        .param("grace", grace.toSeconds())
                        .param("most", AT_ONCE)
                        .query((row, number) -> new TenantId(row.getObject("tenant_id", UUID.class)))
                        .list());
        erased.forEach(tenant -> log.info("Team erased, tenant={}", tenant));
        return erased.size();
    }
}
