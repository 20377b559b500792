package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.Usage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What was seen of a run from outside, for the case that its runner is ended before it can tell. */
final class Tally {

    private static final Captured NOTHING = new Captured(0, 0, 0);

    private final Clock clock = Clock.systemUTC();
    private final Map<Channel, Captured> captured = new EnumMap<>(Channel.class);
    private @Nullable Instant startedAt;

    void started(Instant at) {
        startedAt = at;
    }

    boolean hasStarted() {
        return startedAt != null;
    }

    void output(Channel channel, long offset, int bytes) {
        Captured before = captured.getOrDefault(channel, NOTHING);
        long kept = before.keptBytes() + bytes;
        long head = offset == before.headBytes() ? before.headBytes() + bytes : before.headBytes();
        captured.put(channel, new Captured(offset + bytes, kept, head));
    }

    /** A result of our own making: we know that and why we ended it. */
    Observation killed(KillReason reason, Optional<LaunchEnd> end) {
        Instant now = clock.instant();
        Instant start = startedAt == null ? now : startedAt;
        Duration executed = start.isBefore(now) ? Duration.between(start, now) : Duration.ZERO;
        Usage usage = new Usage(
                executed,
                end.map(LaunchEnd::cpuTime).orElse(Duration.ZERO),
                end.map(LaunchEnd::maxMemoryBytes).orElse(0L));
        return new Observation.Finished(new Result(
                new Ending.Killed(reason),
                usage,
                captured.getOrDefault(Channel.STDOUT, NOTHING),
                captured.getOrDefault(Channel.STDERR, NOTHING),
                start,
                now));
    }
}
