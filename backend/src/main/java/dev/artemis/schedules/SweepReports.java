package dev.artemis.schedules;

import dev.artemis.configuration.OnlyAs;
import dev.artemis.configuration.ServerRole;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks now and then whether a report is due. */
@Component
@OnlyAs(ServerRole.WORKER)
class SweepReports {

    private final SendReports sendReports;

    SweepReports(SendReports sendReports) {
        this.sendReports = sendReports;
    }

    @Scheduled(fixedDelayString = "${artemis.schedules.sweep}")
    void sweep() {
        sendReports.sweep();
    }
}
