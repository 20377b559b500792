package dev.artemis.budgets;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whose limit it is, narrowest first: on a tie a refusal names the first. */
public enum LimitScope {
    KEY,
    PROJECT,
    TENANT;

    /** The API's name: "key", "project", "tenant". */
    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
