package dev.artemis.prices;

import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * This instance's picture of the catalogue. A change made here is seen at once, one made elsewhere within a second: the
 * version is one row, asked for twice a second.
 */
@Component
class CurrentCatalogue {

    private static final Logger log = LoggerFactory.getLogger(CurrentCatalogue.class);

    private final CatalogueRows rows;
    private final ReentrantLock loading = new ReentrantLock();
    private volatile Catalogue current;

    /** Whoever prices finds the shipped prices: they are written before the first picture is taken. */
    CurrentCatalogue(CatalogueRows rows, ShippedPrices shipped) {
        this.rows = rows;
        shipped.write();
        this.current = rows.load();
        log.info("Prices loaded, count={}, version={}", current.sorted().size(), current.version());
    }

    Catalogue now() {
        return current;
    }

    /** A change was made here: seen at once, or as soon as the running transaction is over. */
    void changed() {
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    refreshElsewhere();
                }
            });
        } else {
            refresh();
        }
    }

    /** The thread whose transaction just ended still holds its connection, which can begin no other. */
    private void refreshElsewhere() {
        try {
            Thread.ofVirtual().start(this::refresh).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a new picture if there is anything new. */
    @Scheduled(fixedDelay = 400)
    void refresh() {
        loading.lock();
        try {
            if (rows.version() != current.version()) {
                current = rows.load();
                log.info(
                        "Prices changed, count={}, version={}", current.sorted().size(), current.version());
            }
        } finally {
            loading.unlock();
        }
    }
}
