package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Frees what unsettled holds keep once their time is up, by the database's clock. Admissions do the same for their
 * tenant before they decide; this is for tenants that are quiet, whose pages show what is reserved.
 */
@Component
class ExpireHolds {

    private static final Logger log = LoggerFactory.getLogger(ExpireHolds.class);

    private final AdmitOrders admitOrders;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    ExpireHolds(AdmitOrders admitOrders, TenantTransactions transactions, JdbcClient jdbc) {
        this.admitOrders = admitOrders;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelayString = "${artemis.budgets.expiry-sweep:5s}")
    void sweep() {
        List<UUID> tenants = transactions.acrossTenants(() -> jdbc.sql("select door.tenants_with_expired_holds()")
                .query(UUID.class)
                .list());
        sweep(tenants.stream().map(TenantId::new).toList());
    }

    /** What one team makes fail must not keep the others' money. */
    void sweep(List<TenantId> tenants) {
        for (TenantId tenant : tenants) {
            try {
                transactions.inTenant(tenant, () -> admitOrders.admit(tenant, List.of()));
            } catch (RuntimeException e) {
                log.error("Holds could not be expired and are tried again, tenant={}", tenant, e);
            }
        }
    }
}
