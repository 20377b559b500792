package dev.artemis.ui.dashboard;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.OrderedList;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dearest;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The dearest of one kind, each with its share as a bar; the title's link leads to all of them. */
class TopList extends Panel {

    private static final long serialVersionUID = 1;

    private final Dimension by;
    private final transient Format format;
    private final transient UnaryOperator<String> link;
    private final Div content = new Div();

    /** @param link the address of the costs behind one of them */
    TopList(Dimension by, String toAll, Format format, UnaryOperator<String> link) {
        super(translate("dashboard.top." + by));
        this.by = by;
        this.format = format;
        this.link = link;
        var all = new Link(toAll, translate("dashboard.all"));
        all.getElement().setAttribute("aria-label", translate("dashboard.all-of", translate("dashboard.top." + by)));
        aside(all);
        add(content);
    }

    void show(Dearest costs, Map<String, String> names) {
        content.removeAll();
        List<CostLine> dearest = costs.items().stream()
                .filter(line -> !line.cost().equals(Usd.ZERO))
                .toList();
        if (dearest.isEmpty()) {
            var nothing = new Paragraph(translate("costs.nothing"));
            nothing.addClassName("artemis-quiet");
            content.add(nothing);
            return;
        }
        var list = new OrderedList();
        list.addClassName("artemis-top");
        dearest.forEach(line -> list.add(line(line, costs, names)));
        content.add(list);
    }

    private Component line(CostLine line, Dearest costs, Map<String, String> names) {
        String value = line.group().getOrDefault(by, "");
        var name = new Link(
                        link.apply(value),
                        value.isEmpty() ? translate("costs.none." + by) : names.getOrDefault(value, value))
                .quiet();
        name.addClassName("artemis-name");
        name.setTitle(name.getText());
        var cost = new Span(format.money(line.cost()));
        cost.addClassName("artemis-number");
        var part = new Span();
        part.addClassName("artemis-bar-spent");
        part.getStyle().set("inline-size", Math.clamp(Format.percentOf(line.cost(), costs.total()), 1, 100) + "%");
        var bar = new Div(part);
        bar.addClassName("artemis-bar");
        bar.getElement().setAttribute("aria-hidden", "true");
        return new ListItem(name, cost, bar);
    }
}
