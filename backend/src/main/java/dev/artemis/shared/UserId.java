package dev.artemis.shared;

import java.util.UUID;

/** Names a person who can sign in. */
public record UserId(UUID value) implements Comparable<UserId> {

    /** A new id; ids made later sort later. */
    public static UserId random() {
        return new UserId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static UserId parse(String text) {
        return new UserId(UUID.fromString(text));
    }

    @Override
    public int compareTo(UserId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
