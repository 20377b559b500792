package dev.artemis.providers;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A team's key for a provider, as others see it: never the secret.
 *
 * @param baseUrl null: the provider's own address
 * @param lastFour characters of the secret
 * @param status null: the provider was never asked
 */
public record ProviderKey(
        UUID id,
        Provider provider,
        String name,
        @Nullable String baseUrl,
        String lastFour,
        Instant createdAt,
        String createdBy,
        @Nullable KeyStatus status,
        @Nullable String detail,
        @Nullable Instant checkedAt) {

    /** What may be shown of the secret. */
    public String hint() {
        return "…" + lastFour;
    }
}
