package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What a sandbox keeps for a team goes once the team is erased. Asked of the sandbox, so that nothing is forgotten while it was
 * away; a process without one keeps nothing.
 */
@Component
class LeaveDeparted {

    private static final Logger log = LoggerFactory.getLogger(LeaveDeparted.class);

    private final Worker worker;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    LeaveDeparted(Worker worker, TenantTransactions transactions, JdbcClient jdbc) {
        this.worker = worker;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelayString = "1h", initialDelayString = "2m")
    void leaveThoseThatLeft() {
        try {
            Set<UUID> kept = worker.tenants();
            if (!kept.isEmpty()) {
                erasedAmong(kept).forEach(this::leave);
            }
        } catch (RuntimeException e) {
            log.warn("What teams that left had is looked for again later: {}", e.getMessage());
        }
    }

    /** What one team's keeps from being removed keeps no other's. */
    private void leave(TenantId tenant) {
        try {
            worker.leave(tenant);
        } catch (RuntimeException e) {
            log.warn("What a team that left had is removed later, tenant={}: {}", tenant, e.getMessage());
        }
    }

    private List<TenantId> erasedAmong(Set<UUID> tenants) {
        return transactions.acrossTenants(() -> jdbc.sql("select * from door.erased_among(:tenants)")
                .param("tenants", tenants.toArray(UUID[]::new))
                .query((row, number) -> new TenantId(row.getObject(1, UUID.class)))
                .list());
    }
}
