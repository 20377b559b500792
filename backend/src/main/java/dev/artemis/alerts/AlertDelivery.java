package dev.artemis.alerts;

import java.net.URI;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One alert on its way to one channel.
 *
 * @param target the address; of who may not change channels only its host, as {@link #masked} says
 * @param nextTryAt of one that waits
 * @param lastError why the last try failed
 */
public record AlertDelivery(
        UUID id,
        UUID alert,
        AlertChannel.Kind kind,
        String target,
        Status status,
        int tries,
        @Nullable Instant nextTryAt,
        @Nullable String lastError,
        @Nullable Instant deliveredAt) {

    /**
     * The same for who may not know the address: a chat's webhook is its own password, so that its host alone is told, as in
     * "https://chat.example.org/…" or "…@example.org".
     */
    AlertDelivery masked() {
        String shown = switch (kind) {
            case EMAIL -> "…" + target.substring(target.lastIndexOf('@'));
            case WEBHOOK ->
                "https://" + Objects.requireNonNullElse(URI.create(target).getHost(), "") + "/…";
        };
        String why = lastError == null ? null : lastError.replace(target, shown);
        return new AlertDelivery(id, alert, kind, shown, status, tries, nextTryAt, why, deliveredAt);
    }

    /** How it stands. */
    public enum Status {
        WAITING,
        DELIVERED,
        /** Given up. */
        DEAD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
