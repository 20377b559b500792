package dev.artemis.shared;

import java.util.UUID;

/** Names a tenant: a team, with its members, projects and budgets. */
public record TenantId(UUID value) implements Comparable<TenantId> {

    /** A new id; ids made later sort later. */
    public static TenantId random() {
        return new TenantId(TimeOrderedIds.next());
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no UUID
     */
    public static TenantId parse(String text) {
        return new TenantId(UUID.fromString(text));
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
