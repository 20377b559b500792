package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** RFC 4180, UTF-8. The header's names carry the units: tokens, seconds, US dollars. */
final class CsvFormat implements Format {

    private static final String HEADER = "date,tenant,project,stage,model,provider,card,key,member,calls,tokens_input,"
            + "tokens_cache_read,tokens_cache_write,tokens_output,runs,cpu_seconds,gib_seconds,cost_usd";

    private static final String CHARGEBACK = ",markup_usd,charged_usd";
    private static final int BUFFER = 1 << 16;

    @Override
    public void write(ReportRows rows, OutputStream target) throws IOException {
        StringBuilder text = new StringBuilder(2 * BUFFER);
        text.append(HEADER).append(rows.showsChargeback() ? CHARGEBACK : "").append("\r\n");
        rows.all(row -> {
            append(text, row);
            if (text.length() > BUFFER) {
                flush(text, target);
            }
        });
        flush(text, target);
        target.flush();
    }

    private static void append(StringBuilder text, ReportRow row) {
        for (Dimension dimension : ReportRows.ALL) {
            CsvCells.text(text, row.line().group().getOrDefault(dimension, ""));
            text.append(',');
            if (dimension == Dimension.DAY) {
                CsvCells.text(text, row.tenant().slug().value());
                text.append(',');
            }
        }
        text.append(row.line().calls()).append(',');
        text.append(row.line().tokensInput()).append(',');
        text.append(row.line().tokensCacheRead()).append(',');
        text.append(row.line().tokensCacheWrite()).append(',');
        text.append(row.line().tokensOutput()).append(',');
        text.append(row.line().runs()).append(',');
        text.append(CsvCells.plain(row.line().cpuSeconds())).append(',');
        text.append(CsvCells.plain(row.line().gibSeconds())).append(',');
        text.append(CsvCells.plain(row.cost()));
        if (row.markup() != null) {
            text.append(',').append(CsvCells.plain(row.markup()));
            text.append(',').append(CsvCells.plain(row.charged()));
        }
        text.append("\r\n");
    }

    private static void flush(StringBuilder text, OutputStream target) {
        try {
            target.write(text.toString().getBytes(StandardCharsets.UTF_8));
            text.setLength(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
