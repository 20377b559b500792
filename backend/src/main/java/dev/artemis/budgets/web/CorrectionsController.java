package dev.artemis.budgets.web;

import dev.artemis.budgets.CorrectEntries;
import dev.artemis.budgets.Correction;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.EntryId;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import dev.artemis.web.Required;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/projects/{project}/corrections")
class CorrectionsController {

    private final CorrectEntries correctEntries;
    private final Tenants tenants;
    private final Projects projects;
    private final Idempotency idempotency;

    CorrectionsController(CorrectEntries correctEntries, Tenants tenants, Projects projects, Idempotency idempotency) {
        this.correctEntries = correctEntries;
        this.tenants = tenants;
        this.projects = projects;
        this.idempotency = idempotency;
    }

    @PostMapping
    ResponseEntity<?> correct(
            Caller.Admin admin,
            IdempotentRequest request,
            @PathVariable Slug tenant,
            @PathVariable Slug project,
            @RequestBody CorrectionBody body) {
        TenantId owner = tenants.named(tenant).id();
        ProjectId found = projects.named(owner, project).id();
        Correction correction = body.correction();
        return idempotency.once(
                owner,
                request,
                () -> ResponseEntity.status(201)
                        .body(TrackedAnswer.of(correctEntries.correct(admin, owner, found, correction))));
    }

    record CorrectionBody(
            @Nullable String entryId,
            @Nullable Usd amount,
            @Nullable String reason) {

        Correction correction() {
            String id = Required.field("entry_id", entryId);
            Usd by = Required.field("amount", amount);
            String why = Required.field("reason", reason);
            try {
                return new Correction(EntryId.parse(id), by, why);
            } catch (IllegalArgumentException e) {
                throw Problem.notAllowed("entry_id", "the id of an entry");
            }
        }
    }
}
