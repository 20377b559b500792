package dev.artemis.tenants;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What to change of a tenant; null leaves a value as it is. A new time zone begins with the next day. */
public record TenantChange(
        @Nullable String name,
        @Nullable ZoneId timeZone,
        @Nullable Boolean suspended,
        Tenant.@Nullable ComputeRates computeRates) {

    /** Whether all that it touches is as it made it. */
    boolean isIn(Tenant now) {
        return (name == null || name.equals(now.name()))
                && (timeZone == null || timeZone.equals(now.timeZone()))
                && (suspended == null || suspended == now.suspended())
                && (computeRates == null || computeRates.equals(now.computeRates()));
    }

    /** The change that makes the same values what they were before; a new time zone is left, since it begins with a day. */
    public TenantChange undone(Tenant before) {
        return new TenantChange(
                name == null ? null : before.name(),
                null,
                suspended == null ? null : before.suspended(),
                computeRates == null ? null : before.computeRates());
    }
}
