package dev.artemis.alerts;

/** What became of one try to deliver. */
sealed interface Attempt {

    /** The other side has it. */
    record Arrived() implements Attempt {}

    /**
     * It has not.
     *
     * @param why one sentence for people
     * @param forGood trying again is of no use
     */
    record Failed(String why, boolean forGood) implements Attempt {}
}
