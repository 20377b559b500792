package dev.artemis.ledger;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an entry records. */
public enum EntryKind {
    /** One LLM request. */
    CALL(1),
    /** One sandboxed execution. */
    RUN(2),
    /** An amount that puts another entry right, or what comes late for a month that is closed. */
    CORRECTION(3);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static EntryKind of(int code) {
        for (EntryKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException("No kind of entry has the code " + code);
    }

    @Override
    @JsonValue
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
