package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Paragraph;
import dev.artemis.reports.Statistics;
import dev.artemis.runs.RunStatistics;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Panel;
import java.util.function.Supplier;

/** Calls, costs, refusals and runs since the beginning: counted when somebody asks, since years are read for it. */
class StatisticsPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final transient Supplier<Statistics.CostTracking> money;
    private final transient Supplier<RunStatistics> runs;
    private final String backend;
    private final transient Format format;

    /** @param backend the kind of sandbox that runs go into */
    StatisticsPanel(
            Supplier<Statistics.CostTracking> money, Supplier<RunStatistics> runs, String backend, Format format) {
        super(translate("statistics.title"));
        this.money = money;
        this.runs = runs;
        this.backend = backend;
        this.format = format;
        getElement().setAttribute("aria-live", "polite");
        var about = new Paragraph(translate("statistics.about"));
        about.addClassNames("artemis-quiet", "artemis-small");
        add(about);
        aside(new Button(translate("statistics.count"), click -> count()));
    }

    private void count() {
        Statistics.CostTracking spent = money.get();
        RunStatistics executed = runs.get();
        clear();
        add(new Facts()
                .fact(translate("costs.calls"), format.count(spent.totalCalls()))
                .amount(translate("costs.spent"), spent.totalCost(), format)
                .fact(translate("statistics.refused"), format.count(spent.budgetExceededCount()))
                .fact(translate("costs.runs"), format.count(executed.totalRuns()))
                .fact(translate("statistics.blocked"), format.count(executed.blockedExecutions()))
                .fact(translate("statistics.killed"), format.count(executed.killedRuns()))
                .fact(translate("run.backend"), backend));
    }
}
