package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Frees what unsettled holds keep once their time is up, by the database's clock. Admissions do the same for their
 * tenant before they decide; this is for tenants that are quiet, whose pages show what is reserved.
 */
@Component
class ExpireHolds {

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
        for (UUID tenant : tenants) {
            TenantId id = new TenantId(tenant);
            transactions.inTenant(id, () -> admitOrders.admit(id, List.of()));
        }
    }
}
