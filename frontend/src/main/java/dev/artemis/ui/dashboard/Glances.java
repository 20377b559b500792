package dev.artemis.ui.dashboard;

import com.vaadin.flow.component.html.Div;
import dev.artemis.ui.costs.CostPeriod;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The glance of the days that were looked at last: when others begin, all that names days or leads to them is made anew. */
class Glances extends Div {

    private static final long serialVersionUID = 1;

    private final transient Function<CostPeriod, Glance> fresh;
    private transient @Nullable CostPeriod period;
    private @Nullable Glance shown;

    Glances(Function<CostPeriod, Glance> fresh) {
        this.fresh = fresh;
        addClassName("artemis-stack");
    }

    void show(TeamFigures.Figures now) {
        Glance glance = shown;
        if (glance == null || !now.period().equals(period)) {
            removeAll();
            glance = fresh.apply(now.period());
            add(glance);
            shown = glance;
            period = now.period();
        }
        glance.show(now);
    }
}
