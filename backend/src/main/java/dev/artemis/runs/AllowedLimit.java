package dev.artemis.runs;

import java.math.BigDecimal;

/**
 * What a run may ask for of one limit.
 *
 * @param name the API's name, with its unit, such as "memory_mb"
 * @param usual what it gets if it asks for nothing
 * @param most the project's maximum, or the platform's where the project has none
 */
public record AllowedLimit(String name, BigDecimal least, BigDecimal usual, BigDecimal most) {}
