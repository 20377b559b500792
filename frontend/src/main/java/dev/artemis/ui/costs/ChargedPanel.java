package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.ChargedLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.AmountColumns;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Widths;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/** What each team is charged beside what it cost. */
final class ChargedPanel extends Panel {

    private static final long serialVersionUID = 1;

    /** In rem. */
    private static final double NAME = 9;

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
                .setHeader(translate("costs.dimension.tenant"))
                .setWidth(Widths.rem(NAME))
                .setFlexGrow(2);
        new AmountColumns<>(charged.items(), format)
                .with("costs.spent", line -> line.line().cost())
                .with("finance.markup", line -> Usd.rounded(line.markup()))
                .with("finance.charged", line -> Usd.rounded(line.charged()))
                .to(grid, NAME);
        grid.setItems(charged.items());
        grid.getElement().setAttribute("aria-label", translate("finance.charged-teams"));
        add(
                new Facts()
                        .fact(translate("finance.markup"), exact(charged.markup(), format))
                        .fact(translate("finance.charged"), exact(charged.cost().add(charged.markup()), format)),
                grid);
    }

    /** To the ledger's 18 places; files have all of a mark-up's. */
    private static String exact(BigDecimal amount, Format format) {
        return format.exact(Usd.rounded(amount));
    }
}
