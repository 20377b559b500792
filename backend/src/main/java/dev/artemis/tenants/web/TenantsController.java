package dev.artemis.tenants.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantChange;
import dev.artemis.tenants.TenantExport;
import dev.artemis.tenants.Tenants;
import dev.artemis.web.Required;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@RestController
@RequestMapping("/api/v1/admin/tenants")
class TenantsController {

    private final Tenants tenants;
    private final TenantExport export;
    private final Idempotency idempotency;

    TenantsController(Tenants tenants, TenantExport export, Idempotency idempotency) {
        this.export = export;
        this.tenants = tenants;
        this.idempotency = idempotency;
    }

    @PostMapping
    ResponseEntity<?> create(Caller.Admin caller, IdempotentRequest request, @RequestBody NewTenant body) {
        Slug slug = Required.field("slug", body.slug());
        String name = Required.field("name", body.name());
        ZoneId zone = zone(Required.field("time_zone", body.timeZone()));
        TenantId id = TenantId.random();
        return idempotency.onceMaking(id, request, () -> {
            Tenant tenant = tenants.create(caller, id, slug, name, zone);
            return ResponseEntity.created(URI.create("/api/v1/admin/tenants/" + tenant.slug()))
                    .body(TenantAnswer.of(tenant));
        });
    }

    /** For administrators, and for the platform's finance, who reads all teams. */
    @GetMapping
    Page<TenantAnswer> all(Caller caller) {
        return Page.whole(tenants.all()).map(TenantAnswer::of);
    }

    @GetMapping("/{tenant}")
    TenantAnswer one(Caller.ForTenant caller) {
        return TenantAnswer.of(tenants.find(caller.tenant()).orElseThrow(() -> Problem.notFound("The team")));
    }

    @PatchMapping("/{tenant}")
    TenantAnswer change(Caller.Admin caller, @PathVariable Slug tenant, @RequestBody ChangedTenant body) {
        Tenant before = tenants.named(tenant);
        return TenantAnswer.of(tenants.change(
                caller,
                before.id(),
                new TenantChange(
                        body.name(),
                        body.timeZone() == null ? null : zone(body.timeZone()),
                        body.suspended(),
                        body.computeRates() == null ? null : body.computeRates().over(before.computeRates()))));
    }

    @DeleteMapping("/{tenant}")
    ResponseEntity<Void> delete(Caller.Admin caller, @PathVariable Slug tenant) {
        tenants.requestDeletion(caller, tenants.named(tenant).id());
        return ResponseEntity.noContent().build();
    }

    /** All that is kept of the team, as a ZIP of JSON lines; no secret and no hash of one. */
    @GetMapping("/{tenant}/export")
    @RequiresRight(Right.EXPORT_TEAM)
    ResponseEntity<StreamingResponseBody> export(Caller.ForTenant caller, @PathVariable Slug tenant) {
        StreamingResponseBody body = out -> export.write(caller.tenant(), out);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/zip"))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(tenant + ".zip")
                                .build()
                                .toString())
                .body(body);
    }

    record NewTenant(
            @Nullable Slug slug,
            @Nullable String name,
            @Nullable String timeZone) {}

    record ChangedTenant(
            @Nullable String name,
            @Nullable String timeZone,
            @Nullable Boolean suspended,
            @Nullable Rates computeRates) {}

    /** US dollars; null leaves a rate as it is. */
    record Rates(@Nullable Usd cpuSecond, @Nullable Usd gibSecond) {

        Rates {
            if ((cpuSecond != null && cpuSecond.isNegative()) || (gibSecond != null && gibSecond.isNegative())) {
                throw new IllegalArgumentException("a rate is not negative");
            }
        }

        Tenant.ComputeRates over(Tenant.ComputeRates before) {
            return new Tenant.ComputeRates(
                    cpuSecond == null ? before.cpuSecond() : cpuSecond,
                    gibSecond == null ? before.gibSecond() : gibSecond);
        }
    }

    record TenantAnswer(
            String id,
            Slug slug,
            String name,
            String timeZone,
            boolean suspended,
            Rates computeRates,
            OffsetDateTime createdAt,
            @Nullable OffsetDateTime deletionRequestedAt) {

        static TenantAnswer of(Tenant tenant) {
            return new TenantAnswer(
                    tenant.id().toString(),
                    tenant.slug(),
                    tenant.name(),
                    tenant.timeZone().getId(),
                    tenant.suspended(),
                    new Rates(
                            tenant.computeRates().cpuSecond(),
                            tenant.computeRates().gibSecond()),
                    tenant.createdAt().atOffset(ZoneOffset.UTC),
                    tenant.deletionRequestedAt() == null
                            ? null
                            : tenant.deletionRequestedAt().atOffset(ZoneOffset.UTC));
        }
    }

    private static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw Problem.notAllowed("time_zone", "an IANA time zone such as Europe/Berlin or UTC");
        }
        return ZoneId.of(name);
    }
}
