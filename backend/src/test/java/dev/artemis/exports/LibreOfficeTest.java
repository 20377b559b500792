package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.artemis.OnDatabase;
import dev.artemis.reports.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.TestConstructor;

/** A spreadsheet program opens the workbook, and finds the same totals in every sheet. */
@Tag("office")
@OnDatabase
@Import(RandomLedger.class)
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class LibreOfficeTest {

    private static final Path SOFFICE = Path.of("/usr/bin/soffice");

    /** Comma, quote, UTF-8, all sheets, each in a file of its own; cells as they are, not as they are shown. */
    private static final String AS_CSV =
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1";

    private final RandomLedger ledgers;
    private final Exports exports;

    LibreOfficeTest(RandomLedger ledgers, Exports exports) {
        this.ledgers = ledgers;
        this.exports = exports;
    }

    @Test
    void opensTheWorkbookAndFindsTheLedgersTotal(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(SOFFICE), "no LibreOffice (Debian's libreoffice-calc) at " + SOFFICE);
        RandomLedger.Written ledger = ledgers.write(77, 80);
        Path workbook = folder.resolve("costs.xlsx");
        try (OutputStream target = Files.newOutputStream(workbook)) {
            exports.write(
                    new Export(
                            ExportFormat.XLSX,
                            List.of(new ReportPart(
                                    ledger.tenant(),
                                    null,
                                    new Span.Days(RandomLedger.Written.from(), RandomLedger.Written.to())))),
                    target);
        }

        Process office = new ProcessBuilder(
                        SOFFICE.toString(),
                        "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                        "--headless",
                        "--convert-to",
                        AS_CSV,
                        "--outdir",
                        folder.toString(),
                        workbook.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("office.log").toFile())
                .start();
        assertThat(office.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(office.exitValue())
                .as(Files.readString(folder.resolve("office.log")))
                .isZero();

        List<Path> sheets;
        try (Stream<Path> files = Files.list(folder)) {
            sheets = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .toList();
        }
        assertThat(sheets).hasSize(11);
        for (Path sheet : sheets) {
            List<CsvRecord> rows =
                    CsvReader.builder().ofCsvRecord(sheet).stream().toList();
            int cost = rows.getFirst().getFields().indexOf("cost_usd");
            CsvRecord totals = rows.getLast();
            assertThat(totals.getField(0)).isEqualTo("total");
            assertThat(new BigDecimal(totals.getField(cost + 1)))
                    .as("%s, to the last digit", sheet)
                    .isEqualByComparingTo(ledger.cost());
            BigDecimal sum = BigDecimal.ZERO;
            for (CsvRecord row : rows.subList(1, rows.size() - 1)) {
                sum = sum.add(new BigDecimal(row.getField(cost)));
            }
            var digits = new MathContext(12);
            assertThat(sum.round(digits))
                    .as("%s, lines as numbers of a spreadsheet", sheet)
                    .isEqualByComparingTo(ledger.cost().round(digits));
            assertThat(new BigDecimal(totals.getField(cost)).round(digits))
                    .as("%s, total as a number of a spreadsheet", sheet)
                    .isEqualByComparingTo(ledger.cost().round(digits));
        }
    }
}
