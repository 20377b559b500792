package dev.artemis.sandbox.local;

import java.time.Duration;
import java.util.Optional;

/** What cgroups counted of a run; empty where nobody did. */
record Measured(Optional<Duration> cpuTime, Optional<Long> maxMemoryBytes) {

    static final Measured NOTHING = new Measured(Optional.empty(), Optional.empty());

    /** By the launcher, to which zero is what it could not read: no process ends without either. */
    static Measured by(LaunchEnd end) {
        return new Measured(
                Optional.of(end.cpuTime()).filter(Duration::isPositive),
                Optional.of(end.maxMemoryBytes()).filter(bytes -> bytes > 0));
    }
}
