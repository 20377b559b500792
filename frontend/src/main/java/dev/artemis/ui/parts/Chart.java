package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

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

    /** Leads somewhere from each shape: by a click, from a column by the keyboard too; a ring has links beside it. */
    public void onSelect(IntConsumer category) {
        getElement().setProperty("hint", translate("chart.keys"));
        getElement().setProperty("leads", true);
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
