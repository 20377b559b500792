package dev.artemis.shared;

import java.util.UUID;

/** Names a platform API key; stays the same through rotations. */
public record KeyId(UUID value) implements Comparable<KeyId> {

    /** A new id; ids made later sort later. */
    public static KeyId random() {
        return new KeyId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static KeyId parse(String text) {
        return new KeyId(UUID.fromString(text));
    }

    @Override
    public int compareTo(KeyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
