package dev.artemis.sandbox.runner;

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
import org.jspecify.annotations.Nullable;

/** What was seen of a run from outside, for the case that its runner is ended before it can tell. Not safe for several threads. */
public final class Tally {

    private static final Captured NOTHING = new Captured(0, 0, 0);

    private final Clock clock = Clock.systemUTC();
    private final Map<Channel, Captured> captured = new EnumMap<>(Channel.class);
    private @Nullable Instant startedAt;

    /** Its program was started. */
    public void started(Instant at) {
        startedAt = at;
    }

    public boolean hasStarted() {
        return startedAt != null;
    }

    /** Since its program was started; zero where it was not. */
    public Duration elapsed() {
        return startedAt == null ? Duration.ZERO : elapsed(startedAt, clock.instant());
    }

    private static Duration elapsed(Instant start, Instant now) {
        return start.isBefore(now) ? Duration.between(start, now) : Duration.ZERO;
    }

    /** Bytes came from that offset on. */
    public void output(Channel channel, long offset, int bytes) {
        Captured before = captured.getOrDefault(channel, NOTHING);
        long kept = before.keptBytes() + bytes;
        long head = offset == before.headBytes() ? before.headBytes() + bytes : before.headBytes();
        captured.put(channel, new Captured(offset + bytes, kept, head));
    }

    /**
     * A result of our own making: we know that and why we ended it.
     *
     * @param cpuTime zero where nobody counted
     * @param maxMemoryBytes zero where nobody counted
     */
    public Observation killed(KillReason reason, Duration cpuTime, long maxMemoryBytes) {
        Instant now = clock.instant();
        Instant start = startedAt == null ? now : startedAt;
        Duration executed = elapsed(start, now);
        return new Observation.Finished(new Result(
                new Ending.Killed(reason),
                new Usage(executed, cpuTime, maxMemoryBytes),
                captured.getOrDefault(Channel.STDOUT, NOTHING),
                captured.getOrDefault(Channel.STDERR, NOTHING),
                start,
                now));
    }
}
