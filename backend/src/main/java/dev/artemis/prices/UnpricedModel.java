package dev.artemis.prices;

import java.time.Instant;

/**
 * A model that was asked for and had no price, so that its calls were refused.
 *
 * @param provider as it was asked for; empty where none was named
 * @param times how often
 */
public record UnpricedModel(
        String provider, String model, String why, Instant firstAsked, Instant lastAsked, long times) {}
