package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.artemis.ui.parts.DayField;
import java.util.function.Consumer;

/** The first and the last day of a period. */
class DaysChoice extends Div {

    private static final long serialVersionUID = 1;

    /** @param chosen called with other days; with none that are not a period */
    DaysChoice(CostPeriod days, Consumer<CostPeriod> chosen) {
        var from = new DayField(translate("costs.from"), days.from());
        var last = new DayField(translate("costs.to"), days.to().minusDays(1));
        from.setMax(last.getValue());
        last.setMin(from.getValue());
        from.addValueChangeListener(change -> {
            if (change.getValue() != null && CostPeriod.isOne(change.getValue(), days.to())) {
                chosen.accept(new CostPeriod(change.getValue(), days.to()));
            }
        });
        last.addValueChangeListener(change -> {
            if (change.getValue() != null
                    && CostPeriod.isOne(days.from(), change.getValue().plusDays(1))) {
                chosen.accept(new CostPeriod(days.from(), change.getValue().plusDays(1)));
            }
        });
        addClassName("artemis-filters");
        add(from, last);
    }
}
