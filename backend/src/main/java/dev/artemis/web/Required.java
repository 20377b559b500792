package dev.artemis.web;

import dev.artemis.shared.Problem;
import org.jspecify.annotations.Nullable;

/** What a request's body must have. */
public final class Required {

    private Required() {}

    /**
     * The field's value.
     *
     * @throws Problem 422 where it is missing or null
     */
    public static <T> T field(String name, @Nullable T value) {
        if (value == null) {
            throw Problem.notAllowed(name, "is required");
        }
        return value;
    }
}
