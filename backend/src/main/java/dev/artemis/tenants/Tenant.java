package dev.artemis.tenants;

import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A team, as others see it.
 *
 * @param timeZone in which its days and months begin today
 * @param suspended nothing new is admitted while true; data stays readable
 * @param deletionRequestedAt since when an administrator wants it deleted; null: not at all
 */
public record Tenant(
        TenantId id,
        Slug slug,
        String name,
        ZoneId timeZone,
        boolean suspended,
        ComputeRates computeRates,
        Instant createdAt,
        @Nullable Instant deletionRequestedAt) {

    /**
     * What sandbox compute costs, in US dollars, never negative.
     *
     * @param cpuSecond for one second of one CPU
     * @param gibSecond for one GiB of memory held for a second
     */
    public record ComputeRates(Usd cpuSecond, Usd gibSecond) {

        public ComputeRates {
            if (cpuSecond.isNegative() || gibSecond.isNegative()) {
                throw new IllegalArgumentException("a rate is not negative");
            }
        }
    }
}
