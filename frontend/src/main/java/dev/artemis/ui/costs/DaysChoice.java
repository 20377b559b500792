package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import dev.artemis.ui.parts.DayField;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first and the last day of a period. */
class DaysChoice extends Div {

    private static final long serialVersionUID = 1;

    private final DayField from = new DayField(translate("costs.from"));
    private final DayField last = new DayField(translate("costs.to"));
    private final transient Consumer<CostPeriod> chosen;
    private transient CostPeriod days;

    /** @param chosen called with other days; with none that are not a period */
    DaysChoice(CostPeriod days, Consumer<CostPeriod> chosen) {
        this.days = days;
        this.chosen = chosen;
        show(days);
        from.addValueChangeListener(change -> choose(change.getValue(), this.days.to()));
        last.addValueChangeListener(change -> choose(
                this.days.from(),
                change.getValue() == null ? null : change.getValue().plusDays(1)));
        addClassName("artemis-filters");
        add(from, last);
    }

    /** These are chosen now. */
    final void show(CostPeriod now) {
        days = now;
        LocalDate end = now.to().minusDays(1);
        from.setMax(end);
        last.setMin(now.from());
        from.setValue(now.from());
        last.setValue(end);
    }

    private void choose(@Nullable LocalDate first, @Nullable LocalDate end) {
        if (first == null || end == null || (first.equals(days.from()) && end.equals(days.to()))) {
            return;
        }
        if (CostPeriod.isOne(first, end)) {
            chosen.accept(new CostPeriod(first, end));
        }
    }
}
