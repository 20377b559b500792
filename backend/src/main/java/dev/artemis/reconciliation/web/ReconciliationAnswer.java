package dev.artemis.reconciliation.web;

import dev.artemis.reconciliation.Finding;
import dev.artemis.reconciliation.Reason;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.shared.Plain;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reconciliation as JSON; amounts as decimal strings, difference included. */
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
                Plain.text(done.ledger()),
                Plain.text(done.billed()),
                Plain.text(done.billed().subtract(done.ledger())),
                done.findings().stream().map(FindingAnswer::of).toList());
    }

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
                    Plain.text(finding.ledger()),
                    finding.billed() == null ? null : Plain.text(finding.billed()),
                    finding.ledgerTokens(),
                    finding.billedTokens(),
                    Plain.text(finding.difference()),
                    finding.reasons());
        }
    }
}
