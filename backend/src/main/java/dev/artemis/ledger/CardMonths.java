package dev.artemis.ledger;

import dev.artemis.persistence.TenantTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Adds up, of months that are over, what each card cost. Until it has, their days are read. */
@Component
class CardMonths {

    private static final Logger log = LoggerFactory.getLogger(CardMonths.class);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    CardMonths(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @EventListener(ApplicationReadyEvent.class)
    @Scheduled(cron = "0 23 * * * *")
    void addUp() {
        int teams = transactions.acrossTenants(() -> jdbc.sql("select door.add_up_card_months()")
                .query(Integer.class)
                .single());
        if (teams > 0) {
            log.info("Months added up by card, teams={}", teams);
        }
    }
}
