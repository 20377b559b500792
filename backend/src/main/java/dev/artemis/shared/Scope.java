package dev.artemis.shared;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a project's key may do. */
public enum Scope {
    CALLS_WRITE("calls:write"),
    RUNS_WRITE("runs:write"),
    COSTS_READ("costs:read"),
    RUNS_READ("runs:read");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    /**
     * Reads the API's name of a scope.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    @JsonCreator
    public static Scope of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text.equals(text))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("one of calls:write, runs:write, costs:read, runs:read"));
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
