package dev.artemis.ledger;

import dev.artemis.persistence.TenantTransactions;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Adds up months that are closed: all that is summed by day, and what each card cost. Until it has, their days are read. */
@Component
class CardMonths {

    private static final Logger log = LoggerFactory.getLogger(CardMonths.class);

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    CardMonths(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    @Scheduled(initialDelay = 1, fixedDelay = 60, timeUnit = TimeUnit.MINUTES)
    void addUp() {
        int teams = 0;
        while (addUpOne()) {
            teams++;
        }
        if (teams > 0) {
            log.info("Closed months added up, teams={}", teams);
        }
    }

    /** A transaction for each team, so that none of them lasts long. */
    private boolean addUpOne() {
        return transactions.acrossTenants(() -> jdbc.sql("select door.add_up_card_months()")
                .query(Boolean.class)
                .single());
    }
}
