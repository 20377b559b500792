package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.RunRef;
import dev.artemis.shared.RunId;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Takes the next runs from the queue for one worker. */
@Component
class AdmitRuns {

    private static final Logger log = LoggerFactory.getLogger(AdmitRuns.class);

    private final RunQueue queue;
    private final TenantTransactions transactions;
    private final FairAdmission fairness;

    AdmitRuns(RunQueue queue, TenantTransactions transactions, RunSettings settings) {
        this.queue = queue;
        this.transactions = transactions;
        this.fairness = new FairAdmission(settings.capacity());
    }

    /**
     * Takes up to that many runs. On return they are SUBMITTING with attempt and fencing token, and that is committed:
     * whatever happens to the worker now, the attempt is known.
     */
    List<RunRef> admit(UUID worker, String backend, int slots) {
        // 1. What waits, and what its teams hold.
        RunQueue.Waiting waiting = transactions.acrossTenants(() -> queue.waiting(slots));
        // 2. Decide, without a lock.
        List<RunId> chosen = fairness.choose(waiting.runs(), waiting.teams(), waiting.room(), slots);
        if (chosen.isEmpty()) {
            return List.of();
        }
        // 3. Take what nobody else took meanwhile; limits are looked at once more under lock.
        List<RunRef> claimed = transactions.acrossTenants(() -> queue.claim(chosen, worker, backend));
        claimed.forEach(run -> log.info("Run claimed, run={} attempt={}", run.run(), run.attempt()));
        return claimed;
    }
}
