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
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whose run is next: the team's that uses least, by its weight, of what it uses most (weighted dominant resource fairness,
 * Ghodsi et al., NSDI 2011), among equals the longest unserved; within a team by priority, then by age. Pure: slot by slot, each choice
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

    /** What may still be taken. */
    record Room(long runs, long cpuMillicores, long memoryBytes) {

        boolean takes(Waiting run) {
            return runs > 0 && run.cpuMillicores() <= cpuMillicores && run.memoryBytes() <= memoryBytes;
        }

        Room without(Waiting run) {
            return new Room(runs - 1, cpuMillicores - run.cpuMillicores(), memoryBytes - run.memoryBytes());
        }
    }

    /**
     * What a team holds now.
     *
     * @param weight what it uses counts by this much less; all equal are weighed equally
     * @param servedAt when a run of it was taken last
     * @param room what it may hold beside that
     */
    record InUse(
            long cpuMillicores,
            long memoryBytes,
            int weight,
            @Nullable Instant servedAt,
            Room room) {

        /** The same with room for no more than that many runs. */
        InUse atMost(long runs) {
            return new InUse(
                    cpuMillicores,
                    memoryBytes,
                    weight,
                    servedAt,
                    new Room(Math.min(room.runs(), runs), room.cpuMillicores(), room.memoryBytes()));
        }
    }

    /**
     * What the runs of all teams share.
     *
     * @param room what may be taken of it now: runs by the worker's free slots, CPU and memory by what nobody holds
     * @param all there is; a run that asks for more than that may take all of it
     */
    record Shared(Room room, RunSettings.Capacity all) {

        boolean takes(Waiting run) {
            return room.runs() > 0
                    && Math.min(run.cpuMillicores(), all.cpuMillicores()) <= room.cpuMillicores()
                    && Math.min(run.memoryBytes(), all.memoryBytes()) <= room.memoryBytes();
        }

        Shared without(Waiting run) {
            return new Shared(room.without(run), all);
        }
    }

    /**
     * What is to be taken.
     *
     * @param runs in order
     * @param kept whether what is left is kept for the run that is next and does not fit into it yet
     */
    record Choice(List<RunId> runs, boolean kept) {}

    /**
     * The runs to take. A run that does not fit what its project or team may hold lets none of the same project or team pass
     * by, and one that does not fit what all share lets nobody pass by: a large one would wait for ever. See ADR-0040.
     *
     * @param teams of all tenants that appear in waiting
     * @param rooms of all projects that appear in waiting
     */
    Choice choose(Collection<Waiting> waiting, Map<TenantId, InUse> teams, Map<ProjectId, Room> rooms, Shared shared) {
        Map<ProjectId, Room> roomsLeft = new HashMap<>(rooms);
        List<Team> candidates = teamsOf(waiting, teams);
        List<RunId> chosen = new ArrayList<>();
        Shared left = shared;
        while (left.room().runs() > 0) {
            candidates.forEach(team -> team.passOverFullProjects(roomsLeft));
            var next = candidates.stream().filter(Team::hasNext).min(Team.FAIREST);
            if (next.isEmpty()) {
                break;
            }
            if (!left.takes(next.get().next())) {
                return new Choice(chosen, true);
            }
            Waiting run = next.get().take();
            roomsLeft.computeIfPresent(run.project(), (project, room) -> room.without(run));
            left = left.without(run);
            chosen.add(run.run());
        }
        return new Choice(chosen, false);
    }

    private List<Team> teamsOf(Collection<Waiting> waiting, Map<TenantId, InUse> teams) {
        return waiting.stream()
                .collect(Collectors.groupingBy(Waiting::tenant, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> new Team(
                        entry.getKey(),
                        Objects.requireNonNull(teams.get(entry.getKey()), "a team that waits is known"),
                        entry.getValue(),
                        capacity))
                .toList();
    }

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

        /** A share of all there is, in units small enough to be divided by a weight. */
        private static final BigInteger WHOLE = BigInteger.valueOf(1_000_000_000_000L);

        private final TenantId tenant;
        private final RunSettings.Capacity capacity;
        private final Instant servedAt;
        private final int weight;
        private final Deque<Waiting> waiting;
        private Room room;
        private long cpuMillicores;
        private long memoryBytes;

        Team(TenantId tenant, InUse use, List<Waiting> waiting, RunSettings.Capacity capacity) {
            this.tenant = tenant;
            this.capacity = capacity;
            this.servedAt = use.servedAt() == null ? Instant.MIN : use.servedAt();
            this.waiting = new ArrayDeque<>(waiting.stream().sorted(IN_TURN).toList());
            this.weight = use.weight();
            this.room = use.room();
            this.cpuMillicores = use.cpuMillicores();
            this.memoryBytes = use.memoryBytes();
        }

        void passOverFullProjects(Map<ProjectId, Room> rooms) {
            while (!waiting.isEmpty() && !fits(waiting.getFirst(), rooms)) {
                ProjectId full = waiting.getFirst().project();
                waiting.removeIf(run -> run.project().equals(full));
            }
        }

        private static boolean fits(Waiting run, Map<ProjectId, Room> rooms) {
            Room left = rooms.get(run.project());
            return left != null && left.takes(run);
        }

        boolean hasNext() {
            return !waiting.isEmpty() && room.takes(waiting.getFirst());
        }

        Waiting next() {
            return waiting.getFirst();
        }

        Waiting take() {
            Waiting run = waiting.removeFirst();
            room = room.without(run);
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

        private long share(long used, long there) {
            return BigInteger.valueOf(used)
                    .multiply(WHOLE)
                    .divide(BigInteger.valueOf(there).multiply(BigInteger.valueOf(weight)))
                    .longValue();
        }
    }
}
