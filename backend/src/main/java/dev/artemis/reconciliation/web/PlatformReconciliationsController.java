package dev.artemis.reconciliation.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A provider bills an account: its file against all teams' ledgers together. For administrators and platform finance. */
@RestController
@RequestMapping("/api/v1/admin/reconciliations")
class PlatformReconciliationsController {

    private final Reconciliations reconciliations;
    private final Idempotency idempotency;

    PlatformReconciliationsController(Reconciliations reconciliations, Idempotency idempotency) {
        this.reconciliations = reconciliations;
        this.idempotency = idempotency;
    }

    /** The latest hundred, without their findings. */
    @GetMapping
    Page<ReconciliationAnswer> latest(Caller platform) {
        return Page.whole(reconciliations.latestOfAll()).map(ReconciliationAnswer::of);
    }

    @GetMapping("/{id}")
    ReconciliationAnswer one(Caller platform, @PathVariable UUID id) {
        return ReconciliationAnswer.of(
                reconciliations.findOfAll(id).orElseThrow(() -> Problem.notFound("The reconciliation")));
    }

    /** The body is the provider's CSV file, as for one team. */
    @PostMapping
    ResponseEntity<?> reconcile(
            Caller platform,
            IdempotentRequest request,
            @RequestParam(defaultValue = "bill.csv") String name,
            @RequestParam(name = "day_column", required = false) @Nullable String day,
            @RequestParam(name = "model_column", required = false) @Nullable String model,
            @RequestParam(name = "cost_column", required = false) @Nullable String cost,
            @RequestParam(required = false) @Nullable String provider,
            InputStream file) {
        var bill = new BillFile(name, file, new BillColumns(day, model, cost, provider).mapping());
        return idempotency.onceAfter(
                request,
                () -> reconciliations.compareAll(platform, bill),
                compared -> ResponseEntity.status(201)
                        .body(ReconciliationAnswer.of(reconciliations.keepOfAll(platform, compared))));
    }
}
