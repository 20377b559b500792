package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.Rate;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Percentages;
import dev.artemis.ui.parts.Table;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a team is charged above or below its cost, from which day on; an administrator sets it. */
final class ChargebackPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final transient Rates rates;
    private final transient TeamScope scope;

    /** Makes panels. */
    @org.springframework.stereotype.Component
    static class Rates {

        private final ChargebackRates rates;
        private final Viewer viewer;
        private final Clock clock;

        Rates(ChargebackRates rates, Viewer viewer, Clock clock) {
            this.rates = rates;
            this.viewer = viewer;
            this.clock = clock;
        }

        ChargebackPanel panel(TeamScope scope) {
            return new ChargebackPanel(this, scope);
        }
    }

    private ChargebackPanel(Rates rates, TeamScope scope) {
        super(translate("finance.chargeback"));
        this.rates = rates;
        this.scope = scope;
        if (scope.admin()) {
            aside(new Button(translate("finance.set-rate"), VaadinIcon.EDIT.create(), click -> edit()));
        }
        fill();
    }

    private void fill() {
        clear();
        List<Rate> all = rates.rates.all(scope.id());
        if (all.isEmpty()) {
            add(new Paragraph(translate("finance.no-rates")));
            return;
        }
        var grid = new Table<Rate>();
        grid.setAllRowsVisible(true);
        grid.addColumn(rate -> scope.format().date(rate.validFrom())).setHeader(translate("costs.from"));
        grid.addColumn(rate -> (rate.percent().signum() > 0 ? "+" : "")
                        + Percentages.written(rate.percent(), getLocale()) + "\u00a0%")
                .setHeader(translate("finance.percent"))
                .setTextAlign(ColumnTextAlign.END);
        grid.setItems(all);
        grid.getElement().setAttribute("aria-label", translate("finance.chargeback"));
        add(new Paragraph(translate("finance.chargeback-about")), grid);
    }

    private void edit() {
        var from = new DayField(
                translate("costs.from"),
                LocalDate.ofInstant(rates.clock.instant(), scope.team().timeZone()));
        var percent = new TextField(translate("finance.percent"));
        percent.setHelperText(translate("finance.percent-help"));
        new FormDialog(translate("finance.set-rate"), translate("save"), () -> {
                    Optional<BigDecimal> typed = typed(percent);
                    percent.setErrorMessage(translate("finance.percent-help"));
                    percent.setInvalid(typed.isEmpty());
                    if (!from.checkFilled() | typed.isEmpty()) {
                        return false;
                    }
                    return Problems.attempt(Map.of("percent", percent, "valid_from", from), () -> {
                        rates.rates.set(rates.viewer.admin(), scope.id(), new Rate(from.getValue(), typed.get()));
                        fill();
                    });
                })
                .with(from, percent)
                .open();
    }

    private Optional<BigDecimal> typed(TextField percent) {
        try {
            return Optional.of(Percentages.readSigned(percent.getValue(), getLocale()));
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }
}
