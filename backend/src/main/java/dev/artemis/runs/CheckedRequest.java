package dev.artemis.runs;

import dev.artemis.sandbox.SandboxSpec;
import org.jspecify.annotations.Nullable;

/** A request in which everything is allowed. */
record CheckedRequest(
        SandboxSpec spec, @Nullable String stage, @Nullable String cardId, int priority, boolean scan) {}
