package dev.artemis.supervisor;

import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;

/** What to do about a fault. */
sealed interface Repair {

    FaultKind kind();

    RunRef ref();

    /** Take over from a dead worker what this sandbox has. */
    record Adopt(FaultKind kind, RunRef ref) implements Repair {}

    /** Tell the run what its sandbox cannot tell any more. */
    record GiveUp(FaultKind kind, RunRef ref, Observation observation) implements Repair {}

    /** Ask the sandbox again to start it. */
    record StartAgain(FaultKind kind, RunRef ref) implements Repair {}

    /** Ask the sandbox again to end it. */
    record CancelAgain(FaultKind kind, RunRef ref) implements Repair {}

    /** Have the sandbox tell the end of what has ended, by what it knows of it. */
    record Conclude(FaultKind kind, RunRef ref) implements Repair {}

    /** Remove it from the sandbox. */
    record Drop(FaultKind kind, RunRef ref) implements Repair {}
}
