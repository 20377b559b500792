package dev.artemis.prices;

/**
 * Another name of a model.
 *
 * @param alias by which calls may name it
 */
public record PriceAlias(String alias, String provider, String model) {}
