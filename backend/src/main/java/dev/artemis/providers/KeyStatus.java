package dev.artemis.providers;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a provider said about a key. */
public enum KeyStatus {
    /** It is good. */
    ACCEPTED("accepted"),
    /** It is wrong, revoked, or may not do that. */
    REJECTED("rejected"),
    /** It is good, but there is no money or no quota behind it. */
    NO_QUOTA("no-quota"),
    /** The provider did not say: not there, broken, or busy. */
    UNREACHABLE("unreachable");

    private final String text;

    KeyStatus(String text) {
        this.text = text;
    }

    static KeyStatus of(String text) {
        return Arrays.stream(values())
                .filter(status -> status.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such status"));
    }

    @Override
    @JsonValue
    public String toString() {
        return text;
    }
}
