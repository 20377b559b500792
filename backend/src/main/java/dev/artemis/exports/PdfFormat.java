package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.Font;
import org.openpdf.text.FontFactory;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Phrase;
import org.openpdf.text.pdf.PdfPCell;
import org.openpdf.text.pdf.PdfPTable;
import org.openpdf.text.pdf.PdfWriter;

/** A month's statement: who, when, how much, by project, model and stage; closed with its number, or provisional. */
final class PdfFormat implements Format {

    private static final List<Dimension> TABLES =
            List.of(Dimension.PROJECT, Dimension.PROVIDER, Dimension.MODEL, Dimension.STAGE);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss VV", Locale.ENGLISH);
    private static final int MARGIN = 48;
    private static final Font TITLE = FontFactory.getFont(FontFactory.HELVETICA_BOLD, 20);
    private static final Font HEADING = FontFactory.getFont(FontFactory.HELVETICA_BOLD, 12);
    private static final Font TEXT = FontFactory.getFont(FontFactory.HELVETICA, 9);
    private static final Font STRONG = FontFactory.getFont(FontFactory.HELVETICA_BOLD, 9);
    private static final Font DIGITS = FontFactory.getFont(FontFactory.COURIER, 8);

    private final ReportPart part;
    private final YearMonth month;
    private final ClosedMonths.@Nullable Closing closing;

    /**
     * A statement of a part, which is one month.
     *
     * @param closing null: the month is not closed, or the part is not the whole team
     */
    PdfFormat(ReportPart part, YearMonth month, ClosedMonths.@Nullable Closing closing) {
        this.part = part;
        this.month = month;
        this.closing = closing;
    }

    private static final class Totals {
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal charged = BigDecimal.ZERO;
        private long calls;
        private long runs;
    }

    @Override
    public void write(ReportRows rows, OutputStream target) throws IOException {
        var document = new Document(PageSize.A4, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter writer = PdfWriter.getInstance(document, target);
        writer.setCloseStream(false);
        String name = month.format(DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH));
        document.addTitle("Statement " + name + ", " + part.tenant().slug());
        document.addCreator("Artemis");
        document.open();
        document.add(new Paragraph("Statement", TITLE));
        document.add(new Paragraph(part.tenant().name() + ", " + name, HEADING));
        document.add(facts(rows));
        for (Dimension dimension : TABLES) {
            document.add(heading("By " + dimension));
            document.add(table(rows, dimension));
        }
        document.close();
        target.flush();
    }

    private PdfPTable facts(ReportRows rows) {
        ZoneId zone = part.tenant().timeZone();
        Totals totals = new Totals();
        rows.all(row -> {
            totals.cost = totals.cost.add(row.cost());
            totals.charged = totals.charged.add(row.charged());
            totals.calls += row.line().calls();
            totals.runs += row.line().runs();
        });
        var facts = new PdfPTable(new float[] {1, 3});
        facts.setWidthPercentage(100);
        facts.setSpacingBefore(12);
        fact(facts, "Team", part.tenant().slug().value());
        fact(facts, "Days of", zone.getId());
        if (closing == null) {
            fact(facts, "State", "Provisional: the month is not closed");
        } else {
            fact(facts, "Statement number", Integer.toString(closing.number()));
            fact(facts, "Closed", closing.at().atZone(zone).format(TIME) + ", by " + closing.by());
            if (closing.sha256() != null) {
                fact(facts, "SHA-256 of the CSV export", closing.sha256());
            }
        }
        fact(facts, "Calls", Long.toString(totals.calls));
        fact(facts, "Runs", Long.toString(totals.runs));
        fact(facts, "Cost (USD)", CsvCells.plain(totals.cost));
        if (rows.showsChargeback()) {
            fact(facts, "Mark-up (USD)", CsvCells.plain(totals.charged.subtract(totals.cost)));
            fact(facts, "Charged (USD)", CsvCells.plain(totals.charged));
        }
        return facts;
    }

    private static PdfPTable table(ReportRows rows, Dimension dimension) {
        var table = new PdfPTable(new float[] {4, 1, 1, 3});
        table.setWidthPercentage(100);
        table.setHeaderRows(1);
        table.addCell(cell(dimension.toString(), STRONG, Element.ALIGN_LEFT));
        table.addCell(cell("calls", STRONG, Element.ALIGN_RIGHT));
        table.addCell(cell("runs", STRONG, Element.ALIGN_RIGHT));
        table.addCell(cell("cost (USD)", STRONG, Element.ALIGN_RIGHT));
        Totals totals = new Totals();
        rows.by(dimension, row -> {
            String group = row.line().group().getOrDefault(dimension, "");
            table.addCell(cell(group, TEXT, Element.ALIGN_LEFT));
            table.addCell(cell(Long.toString(row.line().calls()), TEXT, Element.ALIGN_RIGHT));
            table.addCell(cell(Long.toString(row.line().runs()), TEXT, Element.ALIGN_RIGHT));
            table.addCell(cell(CsvCells.plain(row.cost()), DIGITS, Element.ALIGN_RIGHT));
            totals.cost = totals.cost.add(row.cost());
            totals.calls += row.line().calls();
            totals.runs += row.line().runs();
        });
        table.addCell(cell("total", STRONG, Element.ALIGN_LEFT));
        table.addCell(cell(Long.toString(totals.calls), STRONG, Element.ALIGN_RIGHT));
        table.addCell(cell(Long.toString(totals.runs), STRONG, Element.ALIGN_RIGHT));
        table.addCell(cell(CsvCells.plain(totals.cost), DIGITS, Element.ALIGN_RIGHT));
        return table;
    }

    private static Paragraph heading(String text) {
        var heading = new Paragraph(text, HEADING);
        heading.setSpacingBefore(16);
        heading.setSpacingAfter(6);
        return heading;
    }

    private static void fact(PdfPTable facts, String name, String value) {
        PdfPCell left = cell(name, STRONG, Element.ALIGN_LEFT);
        PdfPCell right = cell(value, TEXT, Element.ALIGN_LEFT);
        left.setBorder(PdfPCell.NO_BORDER);
        right.setBorder(PdfPCell.NO_BORDER);
        facts.addCell(left);
        facts.addCell(right);
    }

    private static PdfPCell cell(String text, Font font, int alignment) {
        var cell = new PdfPCell(new Phrase(text, font));
        cell.setHorizontalAlignment(alignment);
        return cell;
    }
}
