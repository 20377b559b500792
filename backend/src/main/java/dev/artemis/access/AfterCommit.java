package dev.artemis.access;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Work that must see, or let others see, what the running transaction commits. */
final class AfterCommit {

    private AfterCommit() {}

    /** Runs it when the running transaction has committed, and not at all if it rolls back. */
    static void run(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }
}
