package dev.artemis.reconciliation.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
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

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/reconciliations")
class ReconciliationsController {

    private final Reconciliations reconciliations;
    private final Idempotency idempotency;

    ReconciliationsController(Reconciliations reconciliations, Idempotency idempotency) {
        this.reconciliations = reconciliations;
        this.idempotency = idempotency;
    }

    /** The latest hundred, without their findings. */
    @GetMapping
    @RequiresRight(Right.SEE_FINANCE)
    Page<ReconciliationAnswer> latest(Caller.ForTenant caller) {
        return Page.whole(reconciliations.latest(caller.tenant())).map(ReconciliationAnswer::of);
    }

    @GetMapping("/{id}")
    @RequiresRight(Right.SEE_FINANCE)
    ReconciliationAnswer one(Caller.ForTenant caller, @PathVariable UUID id) {
        return ReconciliationAnswer.of(
                reconciliations.find(caller.tenant(), id).orElseThrow(() -> Problem.notFound("The reconciliation")));
    }

    /** The body is the provider's CSV file. Columns are named where its layout is none of OpenAI's or Anthropic's. */
    @PostMapping
    @RequiresRight(Right.CHANGE_FINANCE)
    ResponseEntity<?> reconcile(
            Caller.ForTenant caller,
            IdempotentRequest request,
            @RequestParam(defaultValue = "bill.csv") String name,
            @RequestParam(name = "day_column", required = false) @Nullable String day,
            @RequestParam(name = "model_column", required = false) @Nullable String model,
            @RequestParam(name = "cost_column", required = false) @Nullable String cost,
            @RequestParam(required = false) @Nullable String provider,
            InputStream file) {
        var bill = new BillFile(name, file, new BillColumns(day, model, cost, provider).mapping());
        return idempotency.onceAfter(
                caller.tenant(),
                request,
                () -> reconciliations.compare(caller, caller.tenant(), bill),
                compared -> ResponseEntity.status(201)
                        .body(ReconciliationAnswer.of(reconciliations.keep(caller, caller.tenant(), compared))));
    }
}
