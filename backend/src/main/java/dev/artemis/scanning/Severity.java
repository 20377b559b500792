package dev.artemis.scanning;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How bad a finding is: what could happen if it were run without a sandbox. */
public enum Severity {
    LOW,
    MEDIUM,
    HIGH;

    /**
     * Reads the API's name.
     *
     * @throws IllegalArgumentException there is none of that name
     */
    @JsonCreator
    public static Severity of(String text) {
        for (Severity severity : values()) {
            if (severity.toString().equals(text)) {
                return severity;
            }
        }
        throw new IllegalArgumentException("one of low, medium, high");
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
