package dev.artemis.sandbox;

/** A run that a sandbox holds. */
public record Live(RunRef run, State state) {

    /** How far it has come. */
    public enum State {
        ACCEPTED,
        RUNNING,
        ENDED
    }
}
