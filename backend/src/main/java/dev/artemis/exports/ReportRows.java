package dev.artemis.exports;

import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.RatesByDay;
import dev.artemis.reports.CostLine;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** The one source of rows of all formats: handed over one by one, read through a cursor, never collected. */
final class ReportRows {

    /** All that finance asks for at once. */
    static final List<Dimension> ALL = List.of(
            Dimension.DAY,
            Dimension.PROJECT,
            Dimension.STAGE,
            Dimension.MODEL,
            Dimension.PROVIDER,
            Dimension.CARD,
            Dimension.KEY,
            Dimension.MEMBER);

    private final Costs costs;
    private final FocusRows focusRows;
    private final ChargebackRates rates;
    private final Export export;
    private final Runnable rowWritten;

    ReportRows(Costs costs, FocusRows focusRows, ChargebackRates rates, Export export, Runnable rowWritten) {
        this.costs = costs;
        this.focusRows = focusRows;
        this.rates = rates;
        this.export = export;
        this.rowWritten = rowWritten;
    }

    boolean showsChargeback() {
        return export.chargeback() == ChargebackColumns.SHOWN;
    }

    boolean ofSeveralTeams() {
        return export.parts().size() > 1;
    }

    /** A line per group of all dimensions, part after part. */
    void all(Consumer<ReportRow> rows) {
        for (ReportPart part : export.parts()) {
            RatesByDay byDay = showsChargeback() ? rates.byDay(part.tenant().id()) : null;
            costs.stream(part.by(ALL), line -> {
                rows.accept(new ReportRow(part.tenant(), line, byDay == null ? null : markup(byDay, line)));
                rowWritten.run();
            });
        }
    }

    /** A line per group of one dimension, part after part. */
    void by(Dimension dimension, Consumer<ReportRow> rows) {
        for (ReportPart part : export.parts()) {
            costs.stream(part.by(List.of(dimension)), line -> {
                rows.accept(new ReportRow(part.tenant(), line, null));
                rowWritten.run();
            });
        }
    }

    /** A charge per group and kind of quantity, part after part. */
    void focus(Consumer<FocusRow> rows) {
        for (ReportPart part : export.parts()) {
            focusRows.stream(part, row -> {
                rows.accept(row);
                rowWritten.run();
            });
        }
    }

    private static BigDecimal markup(RatesByDay byDay, CostLine line) {
        LocalDate day = LocalDate.parse(Objects.requireNonNull(line.group().get(Dimension.DAY)));
        return byDay.markup(day, line.cost());
    }
}
