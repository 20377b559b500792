package dev.artemis.budgets;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.ledger.Entries;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;

/** Puts entries right by new ones: the past stays as it was written. */
@Service
public class CorrectEntries {

    private final AdmitOrders admitOrders;
    private final Entries entries;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Idempotency idempotency;

    CorrectEntries(
            AdmitOrders admitOrders,
            Entries entries,
            TenantTransactions transactions,
            Audit audit,
            Idempotency idempotency) {
        this.idempotency = idempotency;
        this.admitOrders = admitOrders;
        this.entries = entries;
        this.transactions = transactions;
        this.audit = audit;
    }

    /**
     * Corrects once: a repeat, such as a second click, writes nothing.
     *
     * @param once stands for this one correction, whoever repeats it
     * @throws Problem 404: the project has no such entry; 422 {@code idempotency-conflict}: the repeat says something else
     */
    public void correctOnce(Caller.Admin by, TenantId tenant, ProjectId project, Correction correction, UUID once) {
        var request = IdempotentRequest.of(
                once, "correction", once.toString(), correction.toString().getBytes(StandardCharsets.UTF_8));
        idempotency.once(tenant, request, () -> {
            correct(by, tenant, project, correction);
            return ResponseEntity.noContent().build();
        });
    }

    /**
     * Adds an entry of today that refers to the corrected one and belongs to the same project, key, stage and model.
     * Never refused, flagged where a limit is crossed; audited.
     *
     * @throws Problem 404: the project has no such entry
     */
    public Admission.Tracked correct(Caller.Admin by, TenantId tenant, ProjectId project, Correction correction) {
        return transactions.inTenant(tenant, () -> {
            Entries.Origin origin = entries.origin(tenant, project, correction.entry())
                    .orElseThrow(() -> Problem.notFound("The entry"));
            Admission admission = admitOrders
                    .admit(
                            tenant,
                            List.of(Submission.once(new Order.Correct(
                                    origin, correction.entry(), correction.amount(), correction.reason(), by.name()))))
                    .getFirst()
                    .getFirst();
            if (!(admission instanceof Admission.Tracked tracked)) {
                throw new IllegalStateException("A correction was answered with " + admission);
            }
            audit.record(
                    by,
                    new Change(
                            Action.ENTRY_CORRECTED, tenant, correction.entry().toString(), null, correction));
            return tracked;
        });
    }
}
