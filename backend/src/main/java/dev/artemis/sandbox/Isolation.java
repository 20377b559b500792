package dev.artemis.sandbox;

import java.util.List;

/**
 * What a sandbox holds, in words for people who must decide whether to trust it.
 *
 * @param strength whether code may run at all
 * @param holds such as "no network (own network namespace)"
 * @param lacks such as "memory: no writable cgroup, limits per process instead"
 */
public record Isolation(Strength strength, List<String> holds, List<String> lacks) {

    /** Whether, and how well, runs are held. */
    public enum Strength {
        /** All limits and walls hold. */
        FULL,
        /** The walls hold; some limits are weaker, see lacks. */
        PARTIAL,
        /** Nothing runs: see lacks for what to do. */
        NONE
    }

    public Isolation {
        holds = List.copyOf(holds);
        lacks = List.copyOf(lacks);
    }
}
