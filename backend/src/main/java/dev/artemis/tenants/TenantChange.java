package dev.artemis.tenants;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What to change of a tenant; null leaves a value as it is. A new time zone begins with the next day. */
public record TenantChange(
        @Nullable String name,
        @Nullable ZoneId timeZone,
        @Nullable Boolean suspended,
        Tenant.@Nullable ComputeRates computeRates) {}
