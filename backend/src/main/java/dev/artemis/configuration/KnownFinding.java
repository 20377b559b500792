package dev.artemis.configuration;

import java.time.Instant;

/**
 * What is known by now.
 *
 * @param at when that was looked at
 */
public record KnownFinding(Finding finding, Instant at) {}
