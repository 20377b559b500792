package dev.artemis.shared;

import java.util.UUID;

/** Names one entry of the ledger. */
public record EntryId(UUID value) implements Comparable<EntryId> {

    /** A new id; ids made later sort later. */
    public static EntryId random() {
        return new EntryId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static EntryId parse(String text) {
        return new EntryId(UUID.fromString(text));
    }

    @Override
    public int compareTo(EntryId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
