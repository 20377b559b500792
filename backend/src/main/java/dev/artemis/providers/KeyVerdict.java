package dev.artemis.providers;

/**
 * What came of asking a provider about a key.
 *
 * @param detail in our words; the provider's own may repeat the key
 */
public record KeyVerdict(KeyStatus status, String detail) {}
