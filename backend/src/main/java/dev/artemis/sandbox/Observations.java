package dev.artemis.sandbox;

/** Who is told what happens in a sandbox. An exception thrown here is logged and the observation is not repeated. */
@FunctionalInterface
public interface Observations {

    /** Takes one fact about one run. May block: the sandbox then slows that run's output down (back-pressure). */
    void observe(RunRef run, Observation observation);
}
