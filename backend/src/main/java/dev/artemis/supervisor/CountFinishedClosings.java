package dev.artemis.supervisor;

import dev.artemis.statements.ClosingFinished;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Counts closings of months that were finished for a process that died. */
@Component
class CountFinishedClosings {

    private final Supervision supervision;

    CountFinishedClosings(Supervision supervision) {
        this.supervision = supervision;
    }

    @EventListener
    void finished(ClosingFinished closing) {
        supervision.intervened(FaultKind.UNSEALED_MONTH, Supervision.Outcome.RECOVERED);
    }
}
