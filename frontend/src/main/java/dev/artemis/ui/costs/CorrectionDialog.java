package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextArea;
import dev.artemis.budgets.CorrectEntries;
import dev.artemis.budgets.Correction;
import dev.artemis.shared.Usd;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Notices;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Puts an entry right by a new one of today; the old one stays as it is. */
final class CorrectionDialog {

    private static final int MOST_REASON = 1_000;

    private final AmountField amount = new AmountField(translate("calls.correct-amount")).orNegative();
    private final TextArea reason = new TextArea(translate("calls.correct-reason"));
    private final Viewer viewer;
    private final CorrectEntries corrections;
    private final TeamScope scope;
    private final CallLine line;
    private final UUID once = UUID.randomUUID();

    CorrectionDialog(Viewer viewer, CorrectEntries corrections, TeamScope scope, CallLine line) {
        this.viewer = viewer;
        this.corrections = corrections;
        this.scope = scope;
        this.line = line;
        amount.setHelperText(translate("calls.correct-amount-help"));
        amount.setRequiredIndicatorVisible(true);
        reason.setRequiredIndicatorVisible(true);
        reason.setMaxLength(MOST_REASON);
        reason.setHelperText(translate("calls.correct-reason-help"));
    }

    /** Opens it; {@code done} runs when the correction is written. */
    void open(Runnable done) {
        String cost = scope.format().exact(line.entry().cost());
        new FormDialog(
                        translate("calls.correct-of", cost, line.entry().model()),
                        translate("calls.correct"),
                        () -> save(done))
                .about(line.id())
                .with(new Paragraph(translate("calls.correct-about")), amount, reason)
                .open();
    }

    private boolean save(Runnable done) {
        Optional<Usd> wanted = amount.check() ? amount.amount() : Optional.empty();
        if (wanted.isEmpty()) {
            Problems.fault(amount, translate("calls.correct-amount-wrong"));
            return false;
        }
        if (reason.getValue().isBlank()) {
            Problems.fault(reason, translate("required"));
            return false;
        }
        return Problems.attempt(Map.of("amount", amount, "reason", reason), () -> {
            corrections.correctOnce(
                    viewer.admin(),
                    scope.id(),
                    line.project().id(),
                    new Correction(line.id(), wanted.get(), reason.getValue().strip()),
                    once);
            Notices.done(translate("calls.corrected"));
            done.run();
        });
    }
}
