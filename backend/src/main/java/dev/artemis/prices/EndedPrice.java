package dev.artemis.prices;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A price that was ended, with what its end put an end to.
 *
 * @param price with its new end
 * @param endBefore the end that it had until then; null: none
 */
public record EndedPrice(Price price, @Nullable Instant endBefore) {}
