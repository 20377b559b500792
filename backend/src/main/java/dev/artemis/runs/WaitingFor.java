package dev.artemis.runs;

/** What a run waits for that does not run yet, as far as it is known: the first of these that holds. */
public enum WaitingFor {
    /** A place where runs are executed: none is there now, or the one there does not answer. */
    SANDBOX,
    /** Its start: where it is executed it was taken a while ago, and waits there for room, its image or a queue. */
    START,
    /** That its team is no longer suspended. */
    TEAM_SUSPENDED,
    /** That its project holds fewer runs, or less CPU or memory. */
    PROJECT_LIMIT,
    /** The same of its team. */
    TEAM_LIMIT,
    /** Its next try, a moment after one that failed. */
    NEXT_TRY,
    /** That the runs of all teams hold less CPU or memory. */
    CAPACITY,
    /** Its turn, and a free place. */
    TURN
}
