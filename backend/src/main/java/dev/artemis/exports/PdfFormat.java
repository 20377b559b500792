package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import dev.artemis.shared.Plain;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openpdf.text.Document;
import org.openpdf.text.Element;
import org.openpdf.text.PageSize;
import org.openpdf.text.Paragraph;
import org.openpdf.text.Rectangle;
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
    private static final int ROWS_AT_ONCE = 500;
    private static final String NUMBERED =
            "Characters of scripts that this file has no letters for stand as their Unicode numbers in brackets. The CSV, Excel"
                    + " and JSON exports of the same month have them as they were written.";
    private static final PdfTexts.Style TITLE = new PdfTexts.Style(20, PdfTexts.Weight.BOLD);
    private static final PdfTexts.Style HEADING = new PdfTexts.Style(12, PdfTexts.Weight.BOLD);
    private static final PdfTexts.Style TEXT = new PdfTexts.Style(8, PdfTexts.Weight.PLAIN);
    private static final PdfTexts.Style STRONG = new PdfTexts.Style(8, PdfTexts.Weight.BOLD);

    private final PdfTexts texts = new PdfTexts();
    private final ReportPart part;
    private final YearMonth month;
    private final ClosedMonths.Standing standing;

    /** A statement of a part, which is one month. */
    PdfFormat(ReportPart part, YearMonth month, ClosedMonths.Standing standing) {
        this.part = part;
        this.month = month;
        this.standing = standing;
    }

    private static final class Totals {
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal charged = BigDecimal.ZERO;
        private long calls;
        private long runs;

        void add(ReportRow row) {
            cost = cost.add(row.cost());
            charged = charged.add(row.charged());
            calls += row.line().calls();
            runs += row.line().runs();
        }

        List<String> texts(boolean withCharged) {
            List<String> texts = new ArrayList<>(List.of(Long.toString(calls), Long.toString(runs), Plain.text(cost)));
            if (withCharged) {
                texts.add(Plain.text(charged.subtract(cost)));
                texts.add(Plain.text(charged));
            }
            return texts;
        }
    }

    @Override
    public void write(ReportRows rows, OutputStream target) throws IOException {
        // what is charged needs two more columns of long numbers
        Rectangle page = rows.showsChargeback() ? PageSize.A4.rotate() : PageSize.A4;
        var document = new Document(page, MARGIN, MARGIN, MARGIN, MARGIN);
        PdfWriter writer = PdfWriter.getInstance(document, target);
        writer.setCloseStream(false);
        String name = month.format(DateTimeFormatter.ofPattern("MMMM yyyy", Locale.ENGLISH));
        document.addTitle("Statement " + name + ", " + part.tenant().slug());
        document.addCreator("Artemis");
        document.open();
        document.add(new Paragraph(texts.phrase("Statement", TITLE)));
        document.add(team(name));
        document.add(facts(rows));
        for (Dimension dimension : TABLES) {
            document.add(heading("By " + dimension));
            write(document, rows, dimension);
        }
        if (texts.hasNumbers()) {
            document.add(new Paragraph(texts.phrase(NUMBERED, TEXT)));
        }
        document.close();
        target.flush();
    }

    /** Whose statement it is; a table, since those know of letters that go from right to left. */
    private PdfPTable team(String monthName) {
        var team = new PdfPTable(1);
        team.setWidthPercentage(100);
        team.setSpacingBefore(6);
        PdfPCell cell = cell(part.tenant().name(), HEADING, Element.ALIGN_LEFT);
        cell.setBorder(PdfPCell.NO_BORDER);
        team.addCell(cell);
        PdfPCell second = cell(monthName, HEADING, Element.ALIGN_LEFT);
        second.setBorder(PdfPCell.NO_BORDER);
        team.addCell(second);
        return team;
    }

    private PdfPTable facts(ReportRows rows) {
        ZoneId zone = part.tenant().timeZone();
        Totals totals = new Totals();
        rows.lines(totals::add);
        var facts = new PdfPTable(new float[] {1, 3});
        facts.setWidthPercentage(100);
        facts.setSpacingBefore(12);
        fact(facts, "Team", part.tenant().slug().value());
        if (standing.project() != null) {
            fact(facts, "Project", standing.project());
        }
        fact(facts, "Days of", zone.getId());
        closing(facts, zone);
        fact(facts, "Calls", Long.toString(totals.calls));
        fact(facts, "Runs", Long.toString(totals.runs));
        fact(facts, "Cost (USD)", Plain.text(totals.cost));
        if (rows.showsChargeback()) {
            fact(facts, "Mark-up (USD)", Plain.text(totals.charged.subtract(totals.cost)));
            fact(facts, "Charged (USD)", Plain.text(totals.charged));
        }
        return facts;
    }

    /** A project's month is closed with its team's: what is numbered and sealed is the team's statement. */
    private void closing(PdfPTable facts, ZoneId zone) {
        ClosedMonths.@Nullable Closing closing = standing.closing();
        if (closing == null) {
            fact(facts, "State", "Provisional: the month is not closed");
            return;
        }
        boolean whole = standing.project() == null;
        fact(facts, whole ? "Statement number" : "Part of statement", Integer.toString(closing.number()));
        String at = closing.at().atZone(zone).format(TIME);
        fact(facts, "Closed", whole ? at + ", by " + closing.by() : at);
        if (closing.sha256() != null) {
            fact(facts, whole ? "SHA-256 of the CSV export" : "SHA-256 of the team's CSV export", closing.sha256());
        }
    }

    /** In pieces: rows leave memory with the pages that they fill. */
    private void write(Document document, ReportRows rows, Dimension dimension) {
        boolean charged = rows.showsChargeback();
        var table = new PdfPTable(charged ? new float[] {3, 1, 1, 4, 4, 4} : new float[] {4, 1, 1, 3});
        table.setWidthPercentage(100);
        table.setHeaderRows(1);
        table.setComplete(false);
        table.addCell(cell(dimension.toString(), STRONG, Element.ALIGN_LEFT));
        List<String> sums = charged
                ? List.of("calls", "runs", "cost (USD)", "mark-up (USD)", "charged (USD)")
                : List.of("calls", "runs", "cost (USD)");
        sums.forEach(name -> table.addCell(cell(name, STRONG, Element.ALIGN_RIGHT)));
        Totals totals = new Totals();
        rows.by(dimension, row -> {
            String group = row.line().group().getOrDefault(dimension, "");
            table.addCell(cell(group, TEXT, Element.ALIGN_LEFT));
            Totals line = new Totals();
            line.add(row);
            totals.add(row);
            line.texts(charged).forEach(text -> table.addCell(cell(text, TEXT, Element.ALIGN_RIGHT)));
            if (table.size() > ROWS_AT_ONCE) {
                document.add(table);
            }
        });
        table.addCell(cell("total", STRONG, Element.ALIGN_LEFT));
        totals.texts(charged).forEach(text -> table.addCell(cell(text, STRONG, Element.ALIGN_RIGHT)));
        table.setComplete(true);
        document.add(table);
    }

    private Paragraph heading(String text) {
        var heading = new Paragraph(texts.phrase(text, HEADING));
        heading.setSpacingBefore(16);
        heading.setSpacingAfter(6);
        return heading;
    }

    private void fact(PdfPTable facts, String name, String value) {
        PdfPCell left = cell(name, STRONG, Element.ALIGN_LEFT);
        PdfPCell right = cell(value, TEXT, Element.ALIGN_LEFT);
        left.setBorder(PdfPCell.NO_BORDER);
        right.setBorder(PdfPCell.NO_BORDER);
        facts.addCell(left);
        facts.addCell(right);
    }

    private PdfPCell cell(String text, PdfTexts.Style style, int alignment) {
        return texts.cell(text, style, alignment);
    }
}
