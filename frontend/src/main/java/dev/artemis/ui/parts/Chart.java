package dev.artemis.ui.parts;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasSize;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;
import com.vaadin.flow.component.dependency.NpmPackage;
import java.util.function.IntConsumer;

/** A chart by Apache ECharts in the theme's colours; screen readers get the same numbers as a table. */
@Tag("artemis-chart")
@JsModule("./artemis-chart.ts")
@NpmPackage(value = "echarts", version = "6.1.0")
public final class Chart extends Component implements HasSize, HasStyle {

    private static final long serialVersionUID = 1;

    private static final String CATEGORY = "event.detail.category";

    /** Leads somewhere from each shape. The keyboard has the table or the list beside it, and its links. */
    public void onSelect(IntConsumer category) {
        getElement()
                .addEventListener(
                        "chart-select",
                        event -> category.accept(
                                event.getEventData().path(CATEGORY).asInt(-1)))
                .addEventData(CATEGORY);
    }

    /** Shows new numbers in place of the old. */
    public void show(ChartData data) {
        getElement().setPropertyBean("data", data);
    }
}
