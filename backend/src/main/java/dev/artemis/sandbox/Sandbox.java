package dev.artemis.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A place where untrusted code runs. Ways: local (bubblewrap), docker, kubernetes.
 *
 * <p>No method blocks for a run. Outcomes arrive as {@link Observation}s on threads of the sandbox, those of one run one after another.
 * A fault of the sandbox itself is an observation too, never an exception.
 */
public interface Sandbox extends AutoCloseable {

    /** The name that results carry: {@code local}, {@code docker} or {@code kubernetes}. */
    String backend();

    /** The subject under which the start-up check speaks of it. */
    String subject();

    /** What holds on this machine or cluster and what does not, for the start-up and health reports. */
    Isolation isolation();

    /**
     * Begins to observe. Called once, before any other method that names a run. What was started by an earlier process goes on where the
     * way allows it (kubernetes, docker): it is listed, and observed again at the latest by {@link #follow}. Locally it died with that process.
     */
    void open(Observations observations);

    /**
     * Starts a run, or does nothing if that reference was started already. Returns once the request is taken; then come Accepted, Started,
     * Output…, and one of Finished, Failed, Lost.
     */
    void start(RunRef run, SandboxSpec spec);

    /**
     * Goes on with a run that {@link #list} showed and that an earlier process or another instance began: observes it from here on.
     * Where it is gone meanwhile it is observed as lost, never begun anew.
     */
    default void follow(RunRef run, SandboxSpec spec) {
        start(run, spec);
    }

    /**
     * Ends a run within two seconds; it is then observed as Finished, killed for {@link KillReason#CANCELLED}, with what it had
     * printed. Without effect on a run that has ended or that nobody knows.
     */
    void cancel(RunRef run);

    /**
     * Has a run that has ended told at once, by what is known of its end, without the rest of its output. Without effect on one that runs on.
     */
    default void conclude(RunRef run) {}

    /** All that this sandbox holds, running or ended but not yet forgotten, for reconciliation. */
    List<Live> list();

    /** Whether another installation may, by mistake, use the same place under our name, so that {@link #list} shows its runs too. */
    default boolean mayShareItsName() {
        return false;
    }

    /** Whether another worker sees what this one began, and can {@link #follow} it. */
    default boolean isShared() {
        return false;
    }

    /** The longest that may pass from {@link #start} to the program's start before this sandbox itself gives it up. */
    default Duration longestStart() {
        return Duration.ofMinutes(10);
    }

    /** The longest that a trace of a run that has finished stays after {@link #forget}: until then others need not see to it. */
    default Duration longestRemoval() {
        return Duration.ZERO;
    }

    /**
     * A run of that team found no room, here or at another instance: what has ended, and would take any until it is removed, does not
     * wait for that. Does not block.
     */
    default void makeRoom(UUID tenant) {}

    /**
     * Removes every trace of a run. Called after its result was committed. One that still runs is ended without further
     * observation (a superseded attempt, an orphan). Idempotent.
     */
    void forget(RunRef run);

    /** Teams for which something is kept beyond their runs, such as a namespace. */
    default Set<UUID> tenants() {
        return Set.of();
    }

    /** Removes what is kept for a team that has left, its runs included. Idempotent. */
    default void leave(UUID tenant) {}

    /** Stops observing. Runs of the local sandbox end; those of a cluster go on. */
    @Override
    void close();
}
