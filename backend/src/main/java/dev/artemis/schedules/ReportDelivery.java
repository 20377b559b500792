package dev.artemis.schedules;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One letter for one period.
 *
 * @param from the first day
 * @param to the day after the last
 * @param at when it is tried next, or since when it is being sent, or when it came to its end
 * @param detail why it is not sent yet, or not at all
 */
public record ReportDelivery(
        UUID id,
        UUID report,
        LocalDate from,
        LocalDate to,
        State state,
        int attempts,
        Instant at,
        @Nullable String detail) {

    /** Where it stands. */
    public enum State {
        /** Its turn comes. */
        WAITING,
        /** The mail server is being spoken to. */
        SENDING,
        /** The mail server took it. */
        SENT,
        /** Given up. */
        FAILED,
        /** A process died while it was being sent: nobody knows whether the mail server took it. */
        UNCERTAIN;

        static State of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        @Override
        @JsonValue
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
