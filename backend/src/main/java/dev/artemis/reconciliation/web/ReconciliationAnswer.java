package dev.artemis.reconciliation.web;

import dev.artemis.reconciliation.Finding;
import dev.artemis.reconciliation.Reason;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.shared.Plain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reconciliation as JSON; amounts as decimal strings, difference included. Where the file counts tokens only, billed and difference are null,
 * and the tokens' stand beside.
 */
record ReconciliationAnswer(
        String id,
        String file,
        String layout,
        LocalDate from,
        LocalDate to,
        Instant at,
        String by,
        String ledger,
        @Nullable String billed,
        @Nullable String difference,
        long ledgerTokens,
        @Nullable Long billedTokens,
        @Nullable Long differenceTokens,
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
                text(done.billed()),
                text(done.difference()),
                done.ledgerTokens(),
                done.billedTokens(),
                done.differenceInTokens(),
                done.findings().stream().map(FindingAnswer::of).toList());
    }

    private static @Nullable String text(@Nullable BigDecimal amount) {
        return amount == null ? null : Plain.text(amount);
    }

    record FindingAnswer(
            LocalDate day,
            @Nullable String model,
            String ledger,
            @Nullable String billed,
            long ledgerTokens,
            @Nullable Long billedTokens,
            @Nullable String difference,
            @Nullable Long differenceTokens,
            List<Reason> reasons) {

        static FindingAnswer of(Finding finding) {
            return new FindingAnswer(
                    finding.day(),
                    finding.model().isEmpty() ? null : finding.model(),
                    Plain.text(finding.ledger()),
                    text(finding.billed()),
                    finding.ledgerTokens(),
                    finding.billedTokens(),
                    finding.billed() == null ? null : Plain.text(finding.difference()),
                    finding.billed() == null ? finding.difference().longValueExact() : null,
                    finding.reasons());
        }
    }
}
