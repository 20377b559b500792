package dev.artemis.ledger;

import dev.artemis.persistence.TenantTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Makes the ledger's partitions ahead of time. A late one loses nothing: the default partition catches its entries. */
@Component
class LedgerMonths {

    private static final Logger log = LoggerFactory.getLogger(LedgerMonths.class);
    private static final int AHEAD = 3;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    LedgerMonths(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 17 * * * *")
    void prepare() {
        int made = transactions.acrossTenants(() -> jdbc.sql("select door.prepare_ledger_months(:ahead)")
                .param("ahead", AHEAD)
                .query(Integer.class)
                .single());
        if (made > 0) {
            log.info("Ledger partitions made: {}", made);
        }
    }
}
