package dev.artemis.notices;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Tells all instances whose money moved, gathered over a moment: one notice a team, however many calls there were. */
@Component
class TellSpending {

    private static final long GATHER_MS = 200;

    private final Changes changes;
    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    TellSpending(Changes changes, TenantTransactions transactions, JdbcClient jdbc) {
        this.changes = changes;
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Scheduled(fixedDelay = GATHER_MS)
    void tell() {
        Set<TenantId> tenants = changes.takeSpending();
        if (tenants.isEmpty()) {
            return;
        }
        String[] notices =
                tenants.stream().map(tenant -> tenant + " " + Topic.MONEY).toArray(String[]::new);
        transactions.acrossTenants(
                () -> jdbc.sql("select pg_notify('artemis_changes', notice) from unnest(:notices) notice")
                        .param("notices", notices)
                        .query((row, number) -> true)
                        .list());
    }
}
