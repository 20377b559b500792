package dev.artemis.scanning;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether code may run, as far as the scanner can tell. */
public enum Verdict {
    /** Nothing that the policy blocks. */
    CLEAN,
    /** A finding whose severity the policy blocks. */
    BLOCKED,
    /** Not the language it claims to be, so nothing can be said: blocks too. */
    UNPARSABLE;

    /** Whether such code must not run. */
    public boolean blocks() {
        return this != CLEAN;
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
