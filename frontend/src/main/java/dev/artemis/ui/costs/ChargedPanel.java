package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.ChargedLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import java.math.BigDecimal;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What each team is charged beside what it cost. */
final class ChargedPanel extends Panel {

    private static final long serialVersionUID = 1;

    /**
     * One line a team.
     *
     * @param charged by team
     * @param team what to call a team, by its slug
     */
    ChargedPanel(ChargedCosts.Charged charged, Format format, UnaryOperator<String> team) {
        super(translate("finance.charged-teams"));
        var grid = new Table<ChargedLine>();
        grid.setAllRowsVisible(true);
        grid.addColumn(line -> team.apply(line.line().group().getOrDefault(Dimension.TENANT, "")))
                .setHeader(translate("costs.dimension.tenant"));
        number(grid, "costs.spent", line -> format.exact(line.line().cost()));
        number(grid, "finance.markup", line -> exact(line.markup(), format));
        number(grid, "finance.charged", line -> exact(line.charged(), format));
        grid.setItems(charged.items());
        grid.getElement().setAttribute("aria-label", translate("finance.charged-teams"));
        add(
                new Facts()
                        .fact(translate("finance.markup"), exact(charged.markup(), format))
                        .fact(translate("finance.charged"), exact(charged.cost().add(charged.markup()), format)),
                grid);
    }

    private static void number(Grid<ChargedLine> grid, String title, Function<ChargedLine, String> value) {
        grid.addColumn(value::apply).setHeader(translate(title)).setTextAlign(ColumnTextAlign.END);
    }

    /** To the ledger's 18 places; files have all of a mark-up's. */
    private static String exact(BigDecimal amount, Format format) {
        return format.exact(Usd.rounded(amount));
    }
}
