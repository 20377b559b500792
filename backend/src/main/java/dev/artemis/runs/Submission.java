package dev.artemis.runs;

import dev.artemis.shared.Problem;

/** What became of a request to run code. */
public sealed interface Submission {

    /** It waits for its turn; the most that it can cost is held. */
    record Queued(RunView run) implements Submission {}

    /** The scanner refused it: counted, never started, free. */
    record Blocked(RunView run) implements Submission {}

    /** A limit of money would be crossed: nothing was kept. The problem is the API's 402 with its members. */
    record OverBudget(Problem problem) implements Submission {}
}
