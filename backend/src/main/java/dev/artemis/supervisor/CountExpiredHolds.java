package dev.artemis.supervisor;

import dev.artemis.budgets.HoldsExpired;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Counts holds that expired, on every instance; written down now and then, off the path of calls. The last two seconds of a process are not counted. */
@Component
class CountExpiredHolds {

    private static final Logger log = LoggerFactory.getLogger(CountExpiredHolds.class);

    private final Supervision supervision;
    private final AtomicInteger unwritten = new AtomicInteger();

    CountExpiredHolds(Supervision supervision) {
        this.supervision = supervision;
    }

    @EventListener
    void expired(HoldsExpired holds) {
        unwritten.addAndGet(holds.count());
    }

    @Scheduled(fixedDelayString = "2s")
    void write() {
        int count = unwritten.getAndSet(0);
        if (count == 0) {
            return;
        }
        try {
            supervision.intervened(FaultKind.EXPIRED_HOLD, count);
        } catch (RuntimeException e) {
            unwritten.addAndGet(count);
            log.warn("Expired holds are counted later: {}", e.getMessage());
        }
    }
}
