package dev.artemis.prices;

import java.time.Instant;

/**
 * The catalogue changed.
 *
 * @param by who did it, in the audit log's words
 * @param what one line
 */
public record PricesChanged(String by, String what, Instant at) {}
