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
 * @param provisional whether it was made of a month that was not closed: where it was sent, the final statement follows
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
        boolean provisional,
        @JsonIgnore int claim) {

    public ReportDelivery {
        remaining = remaining == null ? null : List.copyOf(remaining);
    }

    /** Somebody takes it into their hands to make it, until then. */
    ReportDelivery claimed(boolean ofOpenMonth, Instant then) {
        return new ReportDelivery(
                id,
                report,
                from,
                to,
                State.WAITING,
                attempts + 1,
                then,
                "It is being made",
                remaining,
                ofOpenMonth,
                claim + 1);
    }

    /** It goes once more to those whom no mail server took it for. */
    ReportDelivery again(Instant now) {
        return new ReportDelivery(id, report, from, to, State.WAITING, 0, now, null, remaining, provisional, claim + 1);
    }

    /** It was sent of an open month, and is made again, for all, now that the month is closed. */
    ReportDelivery followed(Instant now) {
        return new ReportDelivery(
                id,
                report,
                from,
                to,
                State.WAITING,
                0,
                now,
                "The month was closed: its statement follows",
                null,
                false,
                claim + 1);
    }

    /** Whoever has it in their hands moves it on. */
    ReportDelivery moved(State next, Instant then, @Nullable String why) {
        return new ReportDelivery(id, report, from, to, next, attempts, then, why, remaining, provisional, claim);
    }

    ReportDelivery withAttempts(int counted) {
        return new ReportDelivery(id, report, from, to, state, counted, at, detail, remaining, provisional, claim);
    }

    ReportDelivery leaving(List<String> addresses) {
        return new ReportDelivery(id, report, from, to, state, attempts, at, detail, addresses, provisional, claim);
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
