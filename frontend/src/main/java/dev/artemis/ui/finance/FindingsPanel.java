package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import dev.artemis.reconciliation.Finding;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.shared.Usd;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.AmountColumns;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Widths;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What ledger and bill say of each model and day, the largest difference first. */
final class FindingsPanel extends Panel {

    private static final long serialVersionUID = 1;
    private static final int SHOWN_WITHOUT_SCROLLING = 25;

    /** In rem: what holds a day, a model, whatever the reasons are, and a title with the arrows to sort by. */
    private static final double DAY = 7.5;

    private static final double MODEL = 8.5;
    private static final double REASONS = 10;
    private static final double LEAST = 8;
    private static final double WIDER_PADDING = 0.8;

    FindingsPanel(Reconciliation done, Format format) {
        super(done.file());
        BigDecimal billed = done.billed();
        BigDecimal difference = done.difference();
        var facts = new Facts()
                .fact(translate("finance.period"), format.date(done.from()) + " – " + format.date(done.to()) + " (UTC)")
                .fact(translate("finance.layout"), done.layout())
                .fact(translate("finance.ledger"), exact(done.ledger(), format));
        if (billed != null && difference != null) {
            facts.fact(translate("finance.billed"), exact(billed, format))
                    .fact(translate("finance.difference"), exact(difference, format));
        } else {
            facts.fact(translate("finance.ledger-tokens"), format.count(done.ledgerTokens()))
                    .fact(
                            translate("finance.billed-tokens"),
                            format.count(Objects.requireNonNullElse(done.billedTokens(), 0L)));
        }
        add(facts, table(done.findings(), format, billed != null ? Counted.IN_DOLLARS : Counted.IN_TOKENS));
    }

    private enum Counted {
        IN_DOLLARS,
        IN_TOKENS
    }

    private static Grid<Finding> table(List<Finding> findings, Format format, Counted counted) {
        var grid = new Table<Finding>();
        grid.setAllRowsVisible(findings.size() <= SHOWN_WITHOUT_SCROLLING);
        grid.addColumn(finding -> format.date(finding.day()))
                .setHeader(translate("costs.dimension.day"))
                .setComparator(Comparator.comparing(Finding::day))
                .setWidth(Widths.rem(DAY))
                .setFlexGrow(0);
        grid.addColumn(finding -> finding.model().isEmpty() ? translate("costs.none.model") : finding.model())
                .setHeader(translate("costs.dimension.model"))
                .setSortable(true)
                .setWidth(Widths.rem(MODEL));
        switch (counted) {
            case IN_DOLLARS -> {
                Map<String, Grid.Column<Finding>> amounts = new AmountColumns<>(findings, format)
                        .with("finance.ledger", finding -> Usd.rounded(finding.ledger()))
                        .with("finance.billed", finding -> Usd.rounded(orZero(finding.billed())))
                        .with("finance.difference", finding -> Usd.rounded(finding.difference()))
                        .to(grid, DAY + MODEL + REASONS);
                Objects.requireNonNull(amounts.get("finance.difference"))
                        .setComparator(Comparator.comparing(
                                finding -> finding.difference().abs()));
            }
            case IN_TOKENS -> {
                number(grid, findings, "finance.ledger-tokens", finding -> format.count(finding.ledgerTokens()));
                number(
                        grid,
                        findings,
                        "finance.billed-tokens",
                        finding -> finding.billedTokens() == null ? "–" : format.count(finding.billedTokens()));
                number(
                                grid,
                                findings,
                                "finance.difference",
                                finding -> format.count(finding.difference().longValue()))
                        .setComparator(Comparator.comparing(
                                finding -> finding.difference().abs()));
            }
        }
        grid.addColumn(finding -> finding.reasons().stream()
                        .map(reason -> translate("finance.reason." + reason))
                        .collect(Collectors.joining(" ")))
                .setHeader(translate("finance.reasons"))
                .setWidth(Widths.rem(REASONS))
                .setFlexGrow(3);
        grid.setItems(findings.stream()
                .sorted(Comparator.comparing(
                                (Finding finding) -> finding.difference().abs())
                        .reversed())
                .toList());
        grid.getElement().setAttribute("aria-label", translate("finance.findings"));
        return grid;
    }

    /** As wide as its longest number, which is not broken in two; what is left over is for the reasons. */
    private static Grid.Column<Finding> number(
            Grid<Finding> grid, List<Finding> findings, String title, Function<Finding, String> value) {
        return grid.addColumn(value::apply)
                .setHeader(translate(title))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth(Widths.rem(Math.max(
                        LEAST,
                        WIDER_PADDING
                                + Widths.widest(findings.stream().map(value).toList()))))
                .setFlexGrow(0);
    }

    private static BigDecimal orZero(@Nullable BigDecimal amount) {
        return amount == null ? BigDecimal.ZERO : amount;
    }

    /** A provider may bill fractions beyond the ledger's 18 places. */
    private static String exact(BigDecimal amount, Format format) {
        return format.exact(Usd.rounded(amount));
    }
}
