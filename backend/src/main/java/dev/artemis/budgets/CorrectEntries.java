package dev.artemis.budgets;

import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.ledger.Entries;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.util.List;
import org.springframework.stereotype.Service;

/** Puts entries right by new ones: the past stays as it was written. */
@Service
public class CorrectEntries {

    private final AdmitOrders admitOrders;
    private final Entries entries;
    private final TenantTransactions transactions;
    private final Audit audit;

    CorrectEntries(AdmitOrders admitOrders, Entries entries, TenantTransactions transactions, Audit audit) {
        this.admitOrders = admitOrders;
        this.entries = entries;
        this.transactions = transactions;
        this.audit = audit;
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
                                    origin.payer(),
                                    origin.labels(),
                                    correction.entry(),
                                    correction.amount(),
                                    correction.reason(),
                                    by.name()))))
                    .getFirst()
                    .getFirst();
            if (!(admission instanceof Admission.Tracked tracked)) {
                throw new IllegalStateException("A correction was answered with " + admission);
            }
            audit.record(
                    by, new Change("entry.corrected", tenant, correction.entry().toString(), null, correction));
            return tracked;
        });
    }
}
