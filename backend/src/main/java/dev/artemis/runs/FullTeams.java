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
 * Teams whose place in this worker's sandbox was full a moment ago. Of such a team one run a second is taken to see whether it still is,
 * and one more for each that ended: all else would only be refused. Forgotten once nothing was refused for a while.
 */
@Component
final class FullTeams {

    private static final long TRY_AGAIN = Duration.ofSeconds(1).toNanos();
    private static final long FORGET = Duration.ofSeconds(5).toNanos();

    /** @param ended its runs that ended since, each of which may have made room */
    private record Full(long refusedAt, long tryAt, long ended) {}

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

    /** There was no room for one of its runs. */
    synchronized void refused(UUID tenant) {
        long now = nanoTime.getAsLong();
        teams.put(tenant, new Full(now, now + TRY_AGAIN, 0));
    }

    /** One of its runs left. */
    synchronized void ended(UUID tenant) {
        teams.computeIfPresent(tenant, (id, full) -> new Full(full.refusedAt(), full.tryAt(), full.ended() + 1));
    }

    /** How many of its runs may be taken now. */
    synchronized long room(TenantId tenant) {
        Full full = teams.get(tenant.value());
        long now = nanoTime.getAsLong();
        if (full == null || now - full.refusedAt() > FORGET) {
            teams.remove(tenant.value());
            return Long.MAX_VALUE;
        }
        return Math.max(full.ended(), now - full.tryAt() >= 0 ? 1 : 0);
    }

    /** One of its runs was taken. */
    synchronized void taken(UUID tenant) {
        teams.computeIfPresent(
                tenant,
                (id, full) ->
                        new Full(full.refusedAt(), nanoTime.getAsLong() + TRY_AGAIN, Math.max(0, full.ended() - 1)));
    }
}
