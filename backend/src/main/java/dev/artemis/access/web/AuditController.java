package dev.artemis.access.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AuditController {

    private final AuditLog log;
    private final Tenants tenants;

    AuditController(AuditLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    @GetMapping("/api/v1/admin/audit")
    Page<AuditAnswer> all(
            Caller.Admin caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String cursor) {
        TenantId only = tenant == null ? null : tenants.named(tenant).id();
        Map<TenantId, Tenant> named = tenants.all().stream().collect(Collectors.toMap(Tenant::id, Function.identity()));
        return log.all(only, cursor).map(entry -> AuditAnswer.of(entry, named));
    }

    record AuditAnswer(
            long id,
            OffsetDateTime at,
            String actor,
            @Nullable String address,
            @Nullable Slug tenant,
            String action,
            String subject,
            @JsonRawValue @Nullable String before,
            @JsonRawValue @Nullable String after) {

        static AuditAnswer of(AuditEntry entry, Map<TenantId, Tenant> named) {
            Tenant tenant = entry.tenant() == null ? null : named.get(entry.tenant());
            return new AuditAnswer(
                    entry.number(),
                    entry.at().atOffset(ZoneOffset.UTC),
                    entry.actor(),
                    entry.address(),
                    tenant == null ? null : tenant.slug(),
                    entry.action(),
                    entry.subject(),
                    entry.before(),
                    entry.after());
        }
    }
}
