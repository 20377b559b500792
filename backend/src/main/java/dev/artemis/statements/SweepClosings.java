package dev.artemis.statements;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks at the start, and then now and then, whether a closing was left half done. */
@Component
@OnlyAs(ServerRole.WORKER)
class SweepClosings {

    private final FinishClosings finishClosings;

    SweepClosings(FinishClosings finishClosings) {
        this.finishClosings = finishClosings;
    }

    @Scheduled(fixedDelayString = "1m")
    void sweep() {
        finishClosings.sweep();
    }
}
