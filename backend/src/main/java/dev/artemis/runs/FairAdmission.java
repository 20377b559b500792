package dev.artemis.runs;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose run is next: the team's that uses least of what it uses most (dominant resource fairness, Ghodsi et al., NSDI
 * 2011), among equals the longest unserved; within a team by priority, then by age. Pure: slot by slot, each choice
 * counted before the next.
 */
final class FairAdmission {

    private final RunSettings.Capacity capacity;

    FairAdmission(RunSettings.Capacity capacity) {
        this.capacity = capacity;
    }

    /** A run that waits and may be taken. */
    record Waiting(
            RunId run,
            TenantId tenant,
            ProjectId project,
            int priority,
            Instant queuedAt,
            long cpuMillicores,
            long memoryBytes) {}

    /**
     * What a team holds now.
     *
     * @param servedAt when a run of it was taken last
     * @param runningAtMost runs it may hold
     */
    record InUse(
            long running,
            long cpuMillicores,
            long memoryBytes,
            @Nullable Instant servedAt,
            long runningAtMost) {}

    /**
     * The runs to take, in order.
     *
     * @param teams of all tenants that appear in waiting
     * @param room how many more runs each project may hold
     * @param slots how many to take at most
     */
    List<RunId> choose(
            Collection<Waiting> waiting, Map<TenantId, InUse> teams, Map<ProjectId, Integer> room, int slots) {
        Map<ProjectId, Integer> roomLeft = new HashMap<>(room);
        List<Team> candidates = teamsOf(waiting, teams);
        List<RunId> chosen = new ArrayList<>();
        while (chosen.size() < slots) {
            candidates.forEach(team -> team.skipFull(roomLeft));
            var next = candidates.stream().filter(Team::hasNext).min(Team.FAIREST);
            if (next.isEmpty()) {
                break;
            }
            Waiting run = next.get().take();
            roomLeft.computeIfPresent(run.project(), (project, left) -> left - 1);
            chosen.add(run.run());
        }
        return chosen;
    }

    private List<Team> teamsOf(Collection<Waiting> waiting, Map<TenantId, InUse> teams) {
        return waiting.stream()
                .collect(Collectors.groupingBy(Waiting::tenant, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Team(
                        entry.getKey(), teams.getOrDefault(entry.getKey(), NOTHING), entry.getValue(), capacity))
                .toList();
    }

    private static final InUse NOTHING = new InUse(0, 0, 0, null, Long.MAX_VALUE);

    /** A team while slots are given out. */
    private static final class Team {

        static final Comparator<Team> FAIREST = Comparator.<Team>comparingLong(Team::dominantShare)
                .thenComparing(Team::servedAt)
                .thenComparing(team -> team.next().queuedAt())
                .thenComparing(team -> team.tenant);

        private static final Comparator<Waiting> IN_TURN = Comparator.comparingInt(Waiting::priority)
                .reversed()
                .thenComparing(Waiting::queuedAt)
                .thenComparing(Waiting::run);

        /** Shares are counted in billionths. */
        private static final BigInteger WHOLE = BigInteger.valueOf(1_000_000_000);

        private final TenantId tenant;
        private final RunSettings.Capacity capacity;
        private final Instant servedAt;
        private final Deque<Waiting> waiting;
        private long left;
        private long cpuMillicores;
        private long memoryBytes;

        Team(TenantId tenant, InUse use, List<Waiting> waiting, RunSettings.Capacity capacity) {
            this.tenant = tenant;
            this.capacity = capacity;
            this.servedAt = use.servedAt() == null ? Instant.MIN : use.servedAt();
            this.waiting = new ArrayDeque<>(waiting.stream().sorted(IN_TURN).toList());
            this.left = use.runningAtMost() - use.running();
            this.cpuMillicores = use.cpuMillicores();
            this.memoryBytes = use.memoryBytes();
        }

        void skipFull(Map<ProjectId, Integer> room) {
            while (!waiting.isEmpty() && room.getOrDefault(waiting.getFirst().project(), Integer.MAX_VALUE) <= 0) {
                waiting.removeFirst();
            }
        }

        boolean hasNext() {
            return left > 0 && !waiting.isEmpty();
        }

        Waiting next() {
            return waiting.getFirst();
        }

        Waiting take() {
            Waiting run = waiting.removeFirst();
            left--;
            cpuMillicores += run.cpuMillicores();
            memoryBytes += run.memoryBytes();
            return run;
        }

        Instant servedAt() {
            return servedAt;
        }

        long dominantShare() {
            return Math.max(share(cpuMillicores, capacity.cpuMillicores()), share(memoryBytes, capacity.memoryBytes()));
        }

        private static long share(long used, long there) {
            return BigInteger.valueOf(used)
                    .multiply(WHOLE)
                    .divide(BigInteger.valueOf(there))
                    .longValue();
        }
    }
}
