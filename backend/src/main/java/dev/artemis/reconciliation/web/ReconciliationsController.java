package dev.artemis.reconciliation.web;

import dev.artemis.reconciliation.ColumnMapping;
import dev.artemis.reconciliation.Finding;
import dev.artemis.reconciliation.Reason;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
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

    ReconciliationsController(Reconciliations reconciliations) {
        this.reconciliations = reconciliations;
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
    ResponseEntity<ReconciliationAnswer> reconcile(
            Caller.ForTenant caller,
            @RequestParam(defaultValue = "bill.csv") String name,
            @RequestParam(name = "day_column", required = false) @Nullable String day,
            @RequestParam(name = "model_column", required = false) @Nullable String model,
            @RequestParam(name = "cost_column", required = false) @Nullable String cost,
            @RequestParam(required = false) @Nullable String provider,
            InputStream file)
            throws IOException {
        Reconciliation done =
                reconciliations.reconcile(caller, caller.tenant(), name, file, mapping(day, model, cost, provider));
        return ResponseEntity.status(201).body(ReconciliationAnswer.of(done));
    }

    private static @Nullable ColumnMapping mapping(
            @Nullable String day, @Nullable String model, @Nullable String cost, @Nullable String provider) {
        if (day == null && model == null && cost == null) {
            return null;
        }
        if (day == null || model == null || cost == null) {
            throw Problem.notAllowed("day_column", "all of day_column, model_column and cost_column, or none");
        }
        return new ColumnMapping(day, model, cost, provider);
    }

    /** Amounts as decimal strings, difference included. */
    record FindingAnswer(
            LocalDate day,
            @Nullable String model,
            String ledger,
            @Nullable String billed,
            long ledgerTokens,
            @Nullable Long billedTokens,
            String difference,
            List<Reason> reasons) {

        static FindingAnswer of(Finding finding) {
            return new FindingAnswer(
                    finding.day(),
                    finding.model().isEmpty() ? null : finding.model(),
                    plain(finding.ledger()),
                    finding.billed() == null ? null : plain(finding.billed()),
                    finding.ledgerTokens(),
                    finding.billedTokens(),
                    plain(finding.difference()),
                    finding.reasons());
        }
    }

    record ReconciliationAnswer(
            String id,
            String file,
            String layout,
            LocalDate from,
            LocalDate to,
            Instant at,
            String by,
            String ledger,
            String billed,
            String difference,
            List<FindingAnswer> findings) {

        static ReconciliationAnswer of(Reconciliation done) {
            return new ReconciliationAnswer(
                    done.id().toString(),
                    done.file(),
                    done.layout(),
                    done.from(),
                    done.to(),
                    done.at(),
                    done.by(),
                    plain(done.ledger()),
                    plain(done.billed()),
                    plain(done.billed().subtract(done.ledger())),
                    done.findings().stream().map(FindingAnswer::of).toList());
        }
    }

    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
