package dev.artemis.prices;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Names one price of the catalogue: a model's rates during one span of time. Eight bytes, since every entry of the
 * ledger carries one.
 */
public record PriceId(long value) implements Comparable<PriceId> {

    public PriceId {
        if (value <= 0) {
            throw new IllegalArgumentException("a positive whole number");
        }
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException it is no positive whole number
     */
    @JsonCreator
    public static PriceId parse(String text) {
        return new PriceId(Long.parseLong(text));
    }

    @Override
    public int compareTo(PriceId other) {
        return Long.compare(value, other.value);
    }

    @Override
    @JsonValue
    public String toString() {
        return Long.toString(value);
    }
}
