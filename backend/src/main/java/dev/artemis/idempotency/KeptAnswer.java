package dev.artemis.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * The first answer to a request.
 *
 * @param status 2xx
 * @param body JSON, exactly as it was sent
 * @param location the header {@code Location}, where the answer had one
 */
public record KeptAnswer(int status, String body, @Nullable String location) {}
