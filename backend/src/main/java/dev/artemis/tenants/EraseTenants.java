package dev.artemis.tenants;

import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Erases teams whose deletion was asked for long enough ago; see {@code door.erase_tenants} for what goes and what stays. */
@Component
@OnlyAs(ServerRole.WORKER)
class EraseTenants {

    private static final Logger log = LoggerFactory.getLogger(EraseTenants.class);
    private static final Caller PLATFORM = new Caller.Platform("deletion after grace");
    private static final int AT_ONCE = 10;

    private final DeletionSettings settings;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Audit audit;

    EraseTenants(DeletionSettings settings, JdbcClient jdbc, TenantTransactions transactions, Audit audit) {
        this.settings = settings;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
    }

    private record Erased(TenantId tenant, String slug) {}

    @Scheduled(fixedDelayString = "10m", initialDelayString = "1m")
    void eraseWhatIsDue() {
        erase(settings.deletionGrace());
    }

    int erase(Duration grace) {
        List<Erased> erased = transactions.acrossTenants(() -> jdbc.sql(
                        "select tenant_id, slug from door.erase_tenants(make_interval(secs => :grace), :most)")
                .param("grace", grace.toSeconds())
                .param("most", AT_ONCE)
                .query((row, number) ->
                        new Erased(new TenantId(row.getObject("tenant_id", UUID.class)), row.getString("slug")))
                .list());
        erased.forEach(team -> {
            transactions.inTenant(
                    team.tenant(),
                    () -> audit.record(PLATFORM, new Change("tenant.erased", team.tenant(), team.slug(), null, null)));
            log.info("Team erased, tenant={}", team.tenant());
        });
        return erased.size();
    }
}
