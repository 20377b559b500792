package dev.artemis.prices;

import dev.artemis.shared.Usd;

/** What a usage costs, exactly, by dimension; {@link #total()} is their sum. Amounts in US dollars. */
public record Cost(Usd input, Usd cacheRead, Usd cacheWrite5m, Usd cacheWrite1h, Usd output) {

    /** Costs nothing. */
    public static final Cost ZERO = new Cost(Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO, Usd.ZERO);

    /** Both lifetimes of cache writes together. */
    public Usd cacheWrite() {
        return cacheWrite5m.plus(cacheWrite1h);
    }

    /** The sum of all dimensions. */
    public Usd total() {
        return input.plus(cacheRead).plus(cacheWrite()).plus(output);
    }
}
