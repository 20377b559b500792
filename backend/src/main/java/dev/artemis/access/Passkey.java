package dev.artemis.access;

import java.time.Instant;

/**
 * A device with which a person signs in instead of a password.
 *
 * @param id names it; base64 of what the device calls it
 */
public record Passkey(String id, String label, Instant createdAt, Instant lastUsedAt) {}
