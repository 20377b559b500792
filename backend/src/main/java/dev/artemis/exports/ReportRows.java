package dev.artemis.exports;

import dev.artemis.chargeback.ChargebackRates;
import dev.artemis.chargeback.RatesByDay;
import dev.artemis.reports.ChargedCosts;
import dev.artemis.reports.Costs;
import dev.artemis.reports.Dimension;
import dev.artemis.tenants.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

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

    private final Sources sources;
    private final Export export;
    private final Runnable rowWritten;

    private ReportRows(Sources sources, Export export, Runnable rowWritten) {
        this.sources = sources;
        this.export = export;
        this.rowWritten = rowWritten;
    }

    /** Where rows come from. */
    @Component
    static final class Sources {

        private final Costs costs;
        private final ChargedCosts chargedCosts;
        private final FocusRows focusRows;
        private final ChargebackRates rates;

        Sources(Costs costs, ChargedCosts chargedCosts, FocusRows focusRows, ChargebackRates rates) {
            this.costs = costs;
            this.chargedCosts = chargedCosts;
            this.focusRows = focusRows;
            this.rates = rates;
        }

        /** The rows of an export; each that is handed over is told. */
        ReportRows of(Export export, Runnable rowWritten) {
            return new ReportRows(this, export, rowWritten);
        }
    }

    boolean showsChargeback() {
        return export.chargeback() == ChargebackColumns.SHOWN;
    }

    /** What they are narrowed to; empty: nothing. */
    SortedMap<Dimension, String> only() {
        return export.only();
    }

    /** Of {@link #lines}. */
    LineColumns columns() {
        return new LineColumns(export.by().isEmpty() ? ALL : export.by(), showsChargeback());
    }

    /** A line per group of what was asked for, else of all dimensions, part after part. */
    void lines(Consumer<ReportRow> rows) {
        by(columns().by(), rows);
    }

    /** Whether they can be {@linkplain #copy copied}: what is charged is not shown, and they are narrowed to nothing. */
    boolean canBeCopied() {
        return !showsChargeback() && !export.isNarrowed();
    }

    /**
     * The same lines as CSV, much faster; only where they can be. Where it fails the target is not flushed.
     *
     * @param header with the end of its line
     */
    void copy(CsvVersion version, String header, OutputStream target) throws IOException {
        List<Dimension> by = columns().by();
        var lines = new CopiedLines(target, version, header, by.size(), rowWritten);
        for (ReportPart part : export.parts()) {
            lines.behindTheFirst(
                    by.getFirst() == Dimension.TENANT
                            ? ""
                            : part.tenant().slug().value());
            sources.costs.copy(part.by(by), version.texts(), lines);
        }
        lines.close();
    }

    /** A line per group of one dimension, part after part. */
    void by(Dimension dimension, Consumer<ReportRow> rows) {
        by(List.of(dimension), rows);
    }

    private void by(List<Dimension> by, Consumer<ReportRow> rows) {
        for (ReportPart part : export.parts()) {
            if (showsChargeback()) {
                sources.chargedCosts.stream(
                        part.by(by), line -> hand(rows, new ReportRow(part.tenant(), line.line(), line.markup())));
            } else {
                sources.costs.stream(part.by(by), line -> hand(rows, new ReportRow(part.tenant(), line, null)));
            }
        }
    }

    private void hand(Consumer<ReportRow> rows, ReportRow row) {
        rows.accept(row);
        rowWritten.run();
    }

    /**
     * A charge of FOCUS with what is charged beside it.
     *
     * @param markup US dollars; null: not asked for
     */
    record FocusCharge(FocusRow row, @Nullable BigDecimal markup) {}

    /** A charge per group and kind of quantity, part after part. */
    void focus(Consumer<FocusCharge> charges) {
        for (ReportPart part : export.parts()) {
            Tenant team = part.tenant();
            // the specification wants one name for one billing account, in all files; several teams may have chosen the
            // same
            String account = team.name() + " (" + team.slug() + ")";
            RatesByDay byDay = showsChargeback() ? sources.rates.byDay(team.id()) : null;
            sources.focusRows.stream(part, account, row -> {
                BigDecimal markup =
                        byDay == null ? null : byDay.markup(row.period().day(), row.cost());
                charges.accept(new FocusCharge(row, markup));
                rowWritten.run();
            });
        }
    }
}
