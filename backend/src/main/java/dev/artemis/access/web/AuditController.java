package dev.artemis.access.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Who did what: all of it for administrators, a team's own for its owners; as pages or as one file. */
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
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime to,
            @RequestParam(required = false) @Nullable String cursor) {
        Map<TenantId, Tenant> named = named();
        return log.find(query(team(tenant), actor, action, from, to), cursor)
                .map(entry -> AuditAnswer.of(entry, named));
    }

    /** The same as a file: CSV, streamed. */
    @GetMapping("/api/v1/admin/audit/export")
    ResponseEntity<StreamingResponseBody> export(
            Caller.Admin caller,
            @RequestParam(required = false) @Nullable Slug tenant,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime to) {
        return file(query(team(tenant), actor, action, from, to), named());
    }

    @GetMapping("/api/v1/admin/tenants/{tenant}/audit")
    @RequiresRight(Right.SEE_AUDIT)
    Page<AuditAnswer> ofTeam(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime to,
            @RequestParam(required = false) @Nullable String cursor) {
        Map<TenantId, Tenant> own = own(caller);
        return log.find(query(caller.tenant(), actor, action, from, to), cursor)
                .map(entry -> AuditAnswer.of(entry, own));
    }

    /** The same as a file: CSV, streamed. */
    @GetMapping("/api/v1/admin/tenants/{tenant}/audit/export")
    @RequiresRight(Right.SEE_AUDIT)
    ResponseEntity<StreamingResponseBody> exportOfTeam(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime from,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) @Nullable OffsetDateTime to) {
        return file(query(caller.tenant(), actor, action, from, to), own(caller));
    }

    private Map<TenantId, Tenant> own(Caller.ForTenant caller) {
        return tenants.find(caller.tenant()).stream().collect(Collectors.toMap(Tenant::id, Function.identity()));
    }

    private ResponseEntity<StreamingResponseBody> file(AuditQuery query, Map<TenantId, Tenant> named) {
        StreamingResponseBody body = out ->
                AuditFile.write(out, entries -> log.each(query, entry -> entries.accept(AuditAnswer.of(entry, named))));
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("audit.csv")
                                .build()
                                .toString())
                .body(body);
    }

    private static AuditQuery query(
            @Nullable TenantId team,
            @Nullable String actor,
            @Nullable String action,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to) {
        return new AuditQuery(
                team, actor, action, from == null ? null : from.toInstant(), to == null ? null : to.toInstant());
    }

    private @Nullable TenantId team(@Nullable Slug slug) {
        return slug == null ? null : tenants.named(slug).id();
    }

    private Map<TenantId, Tenant> named() {
        return tenants.all().stream().collect(Collectors.toMap(Tenant::id, Function.identity()));
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
