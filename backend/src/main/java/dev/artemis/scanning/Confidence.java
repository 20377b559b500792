package dev.artemis.scanning;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How sure the scanner is that the code does what the finding says. */
public enum Confidence {
    LOW,
    MEDIUM,
    HIGH;

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
