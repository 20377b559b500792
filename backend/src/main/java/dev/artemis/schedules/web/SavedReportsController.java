package dev.artemis.schedules.web;

import dev.artemis.exports.ExportFormat;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.reports.Dimension;
import dev.artemis.schedules.DeliveryWay;
import dev.artemis.schedules.ReportDelivery;
import dev.artemis.schedules.Rhythm;
import dev.artemis.schedules.SavedReport;
import dev.artemis.schedules.SavedReports;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.web.Required;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/saved-reports")
class SavedReportsController {

    private final SavedReports reports;
    private final Idempotency idempotency;

    SavedReportsController(SavedReports reports, Idempotency idempotency) {
        this.reports = reports;
        this.idempotency = idempotency;
    }

    @GetMapping
    @RequiresRight(Right.SEE_FINANCE)
    Page<ReportBody> all(Caller.ForTenant caller) {
        return Page.whole(reports.all(caller.tenant())).map(ReportBody::of);
    }

    @PostMapping
    @RequiresRight(Right.CHANGE_FINANCE)
    ResponseEntity<?> save(Caller.ForTenant caller, IdempotentRequest request, @RequestBody ReportBody body) {
        SavedReport report = body.report();
        return idempotency.once(
                caller.tenant(),
                request,
                () -> ResponseEntity.status(201).body(ReportBody.of(reports.save(caller, caller.tenant(), report))));
    }

    @DeleteMapping("/{id}")
    @RequiresRight(Right.CHANGE_FINANCE)
    ResponseEntity<Void> delete(Caller.ForTenant caller, @PathVariable UUID id) {
        reports.delete(caller, caller.tenant(), id);
        return ResponseEntity.noContent().build();
    }

    /** The latest fifty. */
    @GetMapping("/{id}/deliveries")
    @RequiresRight(Right.SEE_FINANCE)
    Page<ReportDelivery> deliveries(Caller.ForTenant caller, @PathVariable UUID id) {
        SavedReport report = reports.find(caller.tenant(), id).orElseThrow(() -> Problem.notFound("The report"));
        return Page.whole(reports.deliveries(caller.tenant(), report.id()));
    }

    /** Sends again what failed, or what nobody knows to have been sent. */
    @PostMapping("/deliveries/{delivery}/repetition")
    @RequiresRight(Right.CHANGE_FINANCE)
    ResponseEntity<?> sendAgain(Caller.ForTenant caller, IdempotentRequest request, @PathVariable UUID delivery) {
        return idempotency.once(caller.tenant(), request, () -> {
            reports.sendAgain(caller, caller.tenant(), delivery);
            return ResponseEntity.accepted().build();
        });
    }

    /** A saved report as JSON; what is left out is a CSV of all projects by all groupings that is never sent. */
    record ReportBody(
            @Nullable String id,
            @Nullable String name,
            @Nullable String project,
            @Nullable String format,
            @Nullable List<String> groupBy,
            @Nullable Boolean chargeback,
            @Nullable Rhythm rhythm,
            @Nullable DeliveryWay delivery,
            @Nullable List<String> recipients) {

        static ReportBody of(SavedReport report) {
            return new ReportBody(
                    report.id().toString(),
                    report.name(),
                    report.project(),
                    report.format().toString(),
                    report.by().stream().map(Dimension::toString).toList(),
                    report.chargeback(),
                    report.rhythm(),
                    report.delivery(),
                    report.recipients());
        }

        SavedReport report() {
            if (id != null) {
                throw Problem.invalidRequest("id", "is given, not taken");
            }
            return new SavedReport(
                    UUID.randomUUID(),
                    Required.field("name", name),
                    project,
                    ExportFormat.of(Objects.requireNonNullElse(format, "csv")),
                    groupBy == null ? List.of() : Dimension.list(String.join(",", groupBy)),
                    Boolean.TRUE.equals(chargeback),
                    Objects.requireNonNullElse(rhythm, Rhythm.NEVER),
                    Objects.requireNonNullElse(delivery, DeliveryWay.LINK),
                    Objects.requireNonNullElse(recipients, List.of()));
        }
    }
}
