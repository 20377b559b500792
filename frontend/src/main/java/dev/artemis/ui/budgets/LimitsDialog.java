package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.budgets.LimitChange;
import dev.artemis.budgets.LimitPreview;
import dev.artemis.budgets.Limits;
import dev.artemis.ui.Incidents;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Percentages;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Limits to be changed; what the change means is said while one types. */
final class LimitsDialog {

    private final AmountField daily = new AmountField(translate("budgets.daily-limit"));
    private final AmountField monthly = new AmountField(translate("budgets.monthly-limit"));
    private final TextField thresholds = new TextField(translate("budgets.thresholds"));
    private final Div meaning = new Div();
    private final Limits before;
    private final Format format;
    private final Function<Limits, LimitPreview> preview;
    private final AtomicInteger asked = new AtomicInteger();
    private @Nullable Supplier<List<LimitChange>> history;

    /**
     * A dialog that is not open yet.
     *
     * @param preview may take seconds: asked on a thread of its own
     */
    LimitsDialog(Limits before, Format format, Function<Limits, LimitPreview> preview) {
        this.before = before;
        this.format = format;
        this.preview = preview;
        daily.setAmount(before.daily());
        monthly.setAmount(before.monthly());
        daily.setHelperText(translate("budgets.empty-is-none"));
        monthly.setHelperText(translate("budgets.zero-blocks"));
        thresholds.setValue(
                Percentages.written(before.alertThresholds(), UI.getCurrent().getLocale()));
        thresholds.setHelperText(translate("budgets.thresholds-help"));
        meaning.getElement().setAttribute("role", "status");
        meaning.addClassNames("artemis-quiet", "artemis-small");
        daily.addValueChangeListener(change -> look());
        monthly.addValueChangeListener(change -> look());
    }

    /** Offers, in its head, who set them to what before. */
    LimitsDialog remembering(Supplier<List<LimitChange>> changes) {
        history = changes;
        return this;
    }

    /** Opens it. @param save sets the limits; a refusal is shown at its field */
    void open(String title, Consumer<Limits> save) {
        var dialog = new FormDialog(title, translate("save"), () -> {
                    Limits wanted = wanted().orElse(null);
                    Map<String, HasValidation> fields =
                            Map.of("daily_limit", daily, "monthly_limit", monthly, "alert_thresholds", thresholds);
                    return wanted != null && Problems.attempt(fields, () -> save.accept(wanted));
                })
                .with(daily, monthly, meaning, thresholds);
        Supplier<List<LimitChange>> changes = history;
        if (changes != null) {
            var past = new Button(
                    translate("budgets.history"),
                    click -> new HistoryDialog(title, before, changes.get(), format).open());
            past.addThemeVariants(ButtonVariant.TERTIARY);
            dialog.getHeader().add(past);
        }
        dialog.open();
        look();
    }

    private Optional<Limits> wanted() {
        List<BigDecimal> percent = percentages().orElse(null);
        if (!(daily.check() & monthly.check()) || percent == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Limits(daily.amount().orElse(null), monthly.amount().orElse(null), percent));
        } catch (dev.artemis.shared.Problem outOfRange) {
            Problems.attempt(
                    Map.of("daily_limit", daily, "monthly_limit", monthly, "alert_thresholds", thresholds), () -> {
                        throw outOfRange;
                    });
            return Optional.empty();
        }
    }

    private void look() {
        Limits limits = wanted().orElse(null);
        int number = asked.incrementAndGet();
        if (limits == null) {
            meaning.setText("");
            return;
        }
        meaning.setText(translate("budgets.preview-reads"));
        UI ui = UI.getCurrent();
        Thread.ofVirtual().name("limit-preview").start(() -> {
            Supplier<String> words = seen(limits);
            try {
                var _ = ui.access(() -> {
                    if (asked.get() == number) {
                        meaning.setText(words.get());
                    }
                });
            } catch (UIDetachedException gone) {
                // nobody looks any more
            }
        });
    }

    private Supplier<String> seen(Limits limits) {
        try {
            LimitPreview seen = preview.apply(limits);
            return () -> words(seen);
        } catch (RuntimeException fault) {
            String incident = Incidents.record(fault);
            return () -> translate("budgets.preview-failed", incident);
        }
    }

    private String words(LimitPreview seen) {
        String month = format.month(seen.month());
        if (seen.of() == 0) {
            return translate("budgets.preview-empty", month);
        }
        return seen.refused() == 0
                ? translate("budgets.preview-none", month, format.count(seen.of()))
                : translate(
                        "budgets.preview",
                        month,
                        format.count(seen.refused()),
                        format.count(seen.of()),
                        format.money(seen.refusedCost()),
                        format.count(seen.days()));
    }

    private Optional<List<BigDecimal>> percentages() {
        try {
            List<BigDecimal> percent =
                    Percentages.read(thresholds.getValue(), UI.getCurrent().getLocale());
            thresholds.setInvalid(false);
            return Optional.of(percent);
        } catch (NumberFormatException e) {
            Problems.fault(thresholds, translate("budgets.thresholds-wrong"));
            return Optional.empty();
        }
    }
}
