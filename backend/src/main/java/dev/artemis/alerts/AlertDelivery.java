package dev.artemis.alerts;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One alert on its way to one channel.
 *
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
