package dev.artemis.schedules;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One letter for one period.
 *
 * @param from the first day
 * @param to the day after the last
 * @param attempts how often it was made; not counted while there is no mail server, or no room to make it
 * @param at when it is tried next, or since when it is being sent, or when it came to its end
 * @param detail why it is not sent yet, or not to all, or not at all
 * @param remaining the addressees whom no mail server took it for; null: all of the report's
 * @param claim goes up whenever somebody takes it into their hands: whoever had it before moves it no more
 */
public record ReportDelivery(
        UUID id,
        UUID report,
        LocalDate from,
        LocalDate to,
        State state,
        int attempts,
        Instant at,
        @Nullable String detail,
        @Nullable List<String> remaining,
        @JsonIgnore int claim) {

    public ReportDelivery {
        remaining = remaining == null ? null : List.copyOf(remaining);
    }

    /** Somebody takes it into their hands, until then. */
    ReportDelivery claimed(State next, int tries, Instant then, @Nullable String why) {
        return new ReportDelivery(id, report, from, to, next, tries, then, why, remaining, claim + 1);
    }

    /** Whoever has it in their hands moves it on. */
    ReportDelivery moved(State next, Instant then, @Nullable String why) {
        return new ReportDelivery(id, report, from, to, next, attempts, then, why, remaining, claim);
    }

    ReportDelivery withAttempts(int counted) {
        return new ReportDelivery(id, report, from, to, state, counted, at, detail, remaining, claim);
    }

    ReportDelivery leaving(List<String> addresses) {
        return new ReportDelivery(id, report, from, to, state, attempts, at, detail, addresses, claim);
    }

    /** Where it stands. */
    public enum State {
        /** Its turn comes, or it is being made. */
        WAITING,
        /** The mail server is being spoken to. */
        SENDING,
        /** The mail server took it for all. */
        SENT,
        /** Given up for those who remain. */
        FAILED,
        /** It was handed over, and nobody knows whether the mail server took it. */
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
