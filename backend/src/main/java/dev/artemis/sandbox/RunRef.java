package dev.artemis.sandbox;

import java.util.UUID;

/**
 * One attempt at one run: the key under which a sandbox knows it.
 *
 * @param tenant whose run it is; carried so that observations after a restart know it
 * @param run the run
 * @param attempt from 1
 * @param fencingToken grows with each claim; a late observation of an older token changes nothing
 */
public record RunRef(UUID tenant, UUID run, int attempt, long fencingToken) {

    public RunRef {
        if (attempt < 1 || attempt > 1_000) {
            throw new IllegalArgumentException("attempt must be within 1 and 1000: " + attempt);
        }
        if (fencingToken < 0) {
            throw new IllegalArgumentException("fencing token must not be negative: " + fencingToken);
        }
    }

    /** A name of lower-case letters, digits and dashes, below 63 characters: {@code run-<uuid>-<attempt>}. A repeat has the same. */
    public String name() {
        return "run-" + run + "-" + attempt;
    }
}
