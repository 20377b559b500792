package dev.artemis.sandbox;

/** Why a program was not started. */
public enum Failure {
    /** The place where runs are executed is full: there is room once others have ended. */
    NO_CAPACITY("there was no room for it where runs are executed: end or await other runs, or ask for less"),
    /** A rule of that place turned it away: it may let it in another time. */
    REFUSED("a rule of the place where runs are executed turned it away: an administrator can see which"),
    /** That place does not answer, or is not ready. */
    UNREACHABLE("the place where runs are executed did not answer, or is not ready"),
    /** It did not start in time (image not pulled, no node). */
    START_TIMEOUT("it did not start in time, for no fault of its own: an administrator can see why"),
    /** The sandbox itself is broken (no namespaces, runner missing). */
    SANDBOX_BROKEN("the sandbox could not start it, for no fault of its own: an administrator can see why"),
    /** Nobody wants it any more: it was cancelled before the sandbox was asked. */
    CANCELLED("it was cancelled before it was started"),
    /** More than any machine, or the whole place, has: it would wait for ever, unless a larger one comes. */
    TOO_LARGE("it asks for more CPU, memory or disk than there is anywhere for one run: ask for less"),
    /** This sandbox can never run that specification (unknown command, a path that cannot be). */
    SPEC_REFUSED("no sandbox here can run it as it is");

    private final String words;

    Failure(String words) {
        this.words = words;
    }

    /** The same for whoever submitted the run: what happens next, or what to do. */
    public String words() {
        return words;
    }
}
