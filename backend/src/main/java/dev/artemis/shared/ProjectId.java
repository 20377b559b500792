package dev.artemis.shared;

import java.util.UUID;

/** Names a project of a tenant. */
public record ProjectId(UUID value) implements Comparable<ProjectId> {

    /** A new id; ids made later sort later. */
    public static ProjectId random() {
        return new ProjectId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static ProjectId parse(String text) {
        return new ProjectId(UUID.fromString(text));
    }

    @Override
    public int compareTo(ProjectId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
