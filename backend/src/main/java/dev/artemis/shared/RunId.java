package dev.artemis.shared;

import java.util.UUID;

/** Names one sandboxed execution. */
public record RunId(UUID value) implements Comparable<RunId> {

    /** A new id; ids made later sort later. */
    public static RunId random() {
        return new RunId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static RunId parse(String text) {
        return new RunId(UUID.fromString(text));
    }

    @Override
    public int compareTo(RunId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
