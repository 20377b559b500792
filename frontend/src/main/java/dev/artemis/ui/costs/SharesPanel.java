package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.Location;
import dev.artemis.reports.Breakdown;
import dev.artemis.reports.Dimension;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Chart;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a whole is made of: a ring, and beside it names, amounts and shares. */
public class SharesPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final Dimension by;
    private final transient Format format;
    private final String all;
    private final transient UnaryOperator<String> link;
    private final Chart chart = new Chart();
    private final UnorderedList list = new UnorderedList();
    private final Div content = new Div(chart, list);
    private transient List<CostCharts.Share> shown = List.of();
    private final Paragraph nothing = new Paragraph(translate("costs.nothing"));

    /**
     * @param all the address of the costs of all groups, where the small ones are told apart
     * @param link the address of the costs behind a group
     */
    public SharesPanel(Dimension by, Format format, String all, UnaryOperator<String> link) {
        super(translate("costs.by." + by));
        this.by = by;
        this.format = format;
        this.all = all;
        this.link = link;
        content.addClassName("artemis-donut");
        list.addClassName("artemis-shares");
        nothing.addClassName("artemis-quiet");
        add(content, nothing);
        chart.onSelect(this::open);
    }

    /** As the link of the same share beside the ring. */
    private void open(int place) {
        if (place >= 0 && place < shown.size()) {
            var costs = new Location(behind(shown.get(place)));
            UI.getCurrent().navigate(costs.getPath(), costs.getQueryParameters());
        }
    }

    private String behind(CostCharts.Share share) {
        return share.group() == null ? all : link.apply(share.group());
    }

    /** Shows a breakdown by that dimension. */
    public void show(Breakdown costs) {
        var charts = new CostCharts(format);
        List<CostCharts.Share> shares = charts.shareOut(costs, by);
        shown = shares;
        content.setVisible(!shares.isEmpty());
        nothing.setVisible(shares.isEmpty());
        chart.show(charts.shares(translate("costs.by." + by), shares, costs.total(), by));
        List<String> percents =
                format.shares(shares.stream().map(CostCharts.Share::cost).toList(), costs.total());
        list.removeAll();
        for (int number = 0; number < shares.size(); number++) {
            CostCharts.Share share = shares.get(number);
            var dot = new Span();
            dot.addClassNames("artemis-dot", "artemis-dot-" + (number + 1));
            Link name = new Link(behind(share), share.name()).quiet();
            name.addClassName("artemis-name");
            name.setTitle(share.name());
            var cost = new Span(format.money(share.cost(), costs.total()));
            cost.addClassName("artemis-number");
            var part = new Span(percents.get(number));
            part.addClassNames("artemis-number", "artemis-quiet");
            list.add(new ListItem(dot, name, cost, part));
        }
    }
}
