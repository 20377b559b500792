package dev.artemis.tenants;

import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The tenant's row, and what may happen to it. */
@Entity
@Table(name = "tenants")
class TenantRow {

    @Id
    @Column(name = "tenant_id")
    private UUID id;

    private String slug;
    private String name;
    private String timeZone;
    private @Nullable String nextTimeZone;
    private @Nullable Instant nextTimeZoneFrom;
    private boolean suspended;

    @Column(precision = 38, scale = 18)
    private BigDecimal cpuSecondRate = new BigDecimal("0.000012");

    @Column(precision = 38, scale = 18)
    private BigDecimal gibSecondRate = new BigDecimal("0.0000015");

    private Instant createdAt;
    private @Nullable Instant deletionRequestedAt;

    @Column(insertable = false, updatable = false)
    private @Nullable Instant erasedAt;

    @Version
    private int version;

    @SuppressWarnings("NullAway.Init") // Hibernate fills it
    protected TenantRow() {}

    TenantRow(UUID id, Slug slug, String name, ZoneId timeZone, Instant at) {
        this.id = id;
        this.slug = slug.value();
        this.name = name;
        this.timeZone = timeZone.getId();
        this.createdAt = at;
    }

    void rename(String newName) {
        this.name = newName;
    }

    /** Whether nothing is left that could be restored. */
    boolean isErased() {
        return erasedAt != null;
    }

    /** Lifting a suspension restores a team that was to be deleted. */
    void suspend(boolean on) {
        this.suspended = on;
        if (!on) {
            this.deletionRequestedAt = null;
        }
    }

    void requestDeletion(Instant at) {
        this.suspended = true;
        if (deletionRequestedAt == null) {
            this.deletionRequestedAt = at;
        }
    }

    void charge(Tenant.ComputeRates rates) {
        this.cpuSecondRate = rates.cpuSecond().amount();
        this.gibSecondRate = rates.gibSecond().amount();
    }

    /** A new zone begins with the next day of the zone before it. */
    void moveTo(ZoneId zone, Instant at) {
        ZoneId today = zoneAt(at);
        this.timeZone = today.getId();
        LocalDate tomorrow = at.atZone(today).toLocalDate().plusDays(1);
        this.nextTimeZone = zone.getId();
        this.nextTimeZoneFrom = tomorrow.atStartOfDay(today).toInstant();
    }

    ZoneId zoneAt(Instant at) {
        boolean next = nextTimeZone != null && nextTimeZoneFrom != null && !at.isBefore(nextTimeZoneFrom);
        return ZoneId.of(next && nextTimeZone != null ? nextTimeZone : timeZone);
    }

    Tenant asOf(Instant at) {
        return new Tenant(
                new TenantId(id),
                new Slug(slug),
                name,
                zoneAt(at),
                suspended,
                new Tenant.ComputeRates(new Usd(cpuSecondRate), new Usd(gibSecondRate)),
                createdAt,
                deletionRequestedAt);
    }
}
