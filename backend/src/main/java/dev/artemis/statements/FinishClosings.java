package dev.artemis.statements;

import dev.artemis.persistence.TenantTransactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Finishes closings whose process died before the seal was counted, on the path of whoever closes; any number of processes
 * may do so at once. Until then nobody says that the month is closed, and its statement does not go out.
 */
@Component
class FinishClosings {

    private static final Logger log = LoggerFactory.getLogger(FinishClosings.class);

    private final Statements statements;
    private final StatementRows rows;
    private final TenantTransactions transactions;
    private final ApplicationEventPublisher events;

    FinishClosings(
            Statements statements,
            StatementRows rows,
            TenantTransactions transactions,
            ApplicationEventPublisher events) {
        this.statements = statements;
        this.rows = rows;
        this.transactions = transactions;
        this.events = events;
    }

    /** Those of which a minute passed since. */
    void sweep() {
        transactions.acrossTenants(rows::unsealed).forEach(this::finish);
    }

    private void finish(StatementRows.Unsealed closing) {
        try {
            // whoever closed it may be at it still, and so may another worker
            if (statements.seal(closing.tenant(), closing.month())) {
                log.info("Closing was finished, tenant={}, month={}", closing.tenant(), closing.month());
                events.publishEvent(new ClosingFinished(closing.tenant(), closing.month()));
            }
        } catch (RuntimeException e) {
            log.warn("Closing is finished later, tenant={}, month={}", closing.tenant(), closing.month(), e);
        }
    }
}
