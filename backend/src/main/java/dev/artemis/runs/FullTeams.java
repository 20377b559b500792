package dev.artemis.runs;

import dev.artemis.shared.TenantId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Teams of which a run was not let into this worker's sandbox lately: their place is full, or somebody turns them away. Of such a team one run at
 * a time is taken to see whether it still is so, a second after the last was refused, and one more for each that ended: all else would only be
 * refused. A pod's refusal takes seconds to be known, in which its run holds a slot. Forgotten once nothing was refused for a while and nothing is being tried.
 */
@Component
final class FullTeams {

    private static final long TRY_AGAIN = Duration.ofSeconds(1).toNanos();
    /** Well above what it takes to learn that a pod is turned away. */
    private static final long FORGET = Duration.ofSeconds(30).toNanos();

    /**
     * @param ended its runs that ended since, each of which may have made room
     * @param trying whether a run was taken of which nothing is known yet
     */
    private record Full(long refusedAt, long tryAt, long ended, boolean trying) {}

    private final LongSupplier nanoTime;
    private final Map<UUID, Full> teams = new HashMap<>();

    @Autowired
    FullTeams() {
        this(System::nanoTime);
    }

    /** @param nanoTime a clock as System.nanoTime */
    FullTeams(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** One of its runs was not let in. */
    synchronized void refused(UUID tenant) {
        long now = nanoTime.getAsLong();
        teams.put(tenant, new Full(now, now + TRY_AGAIN, 0, false));
    }

    /** One of its runs was let in: the next may be tried at once. */
    synchronized void started(UUID tenant) {
        teams.computeIfPresent(
                tenant,
                (id, full) ->
                        full.trying() ? new Full(full.refusedAt(), nanoTime.getAsLong(), full.ended(), false) : full);
    }

    /** One of its runs left. */
    synchronized void ended(UUID tenant) {
        teams.computeIfPresent(tenant, (id, full) -> new Full(full.refusedAt(), full.tryAt(), full.ended() + 1, false));
    }

    /** Nothing is to be known any more of one of its runs, whether it was let in or never handed over. */
    synchronized void released(UUID tenant) {
        teams.computeIfPresent(tenant, (id, full) -> new Full(full.refusedAt(), full.tryAt(), full.ended(), false));
    }

    /** How many of its runs may be taken now. */
    synchronized long room(TenantId tenant) {
        Full full = teams.get(tenant.value());
        long now = nanoTime.getAsLong();
        if (full == null || (now - full.refusedAt() > FORGET && !full.trying())) {
            teams.remove(tenant.value());
            return Long.MAX_VALUE;
        }
        return Math.max(full.ended(), !full.trying() && now - full.tryAt() >= 0 ? 1 : 0);
    }

    /** One of its runs was taken. */
    synchronized void taken(UUID tenant) {
        teams.computeIfPresent(
                tenant,
                (id, full) -> new Full(
                        full.refusedAt(), nanoTime.getAsLong() + TRY_AGAIN, Math.max(0, full.ended() - 1), true));
    }
}
