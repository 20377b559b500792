package dev.artemis.sandbox;

/** Why a program was not started. */
public enum Failure {
    /** The sandbox has no room now, or does not let the run in: it may another time. */
    NO_CAPACITY,
    /** It did not start in time (image not pulled, no node). */
    START_TIMEOUT,
    /** The sandbox itself is broken or refused (no namespaces, runner missing, cluster unreachable). */
    SANDBOX_BROKEN,
    /** Nobody wants it any more: it was cancelled before the sandbox was asked. */
    CANCELLED,
    /** More than any machine, or the whole place, has: it would wait for ever, unless a larger one comes. */
    TOO_LARGE,
    /** This sandbox can never run that specification (unknown command, a path that cannot be). */
    SPEC_REFUSED
}
