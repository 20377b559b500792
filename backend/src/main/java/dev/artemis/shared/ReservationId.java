package dev.artemis.shared;

import java.util.UUID;

/** Names money held for a call that has not been settled yet. */
public record ReservationId(UUID value) implements Comparable<ReservationId> {

    /** A new id; ids made later sort later. */
    public static ReservationId random() {
        return new ReservationId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static ReservationId parse(String text) {
        return new ReservationId(UUID.fromString(text));
    }

    @Override
    public int compareTo(ReservationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
