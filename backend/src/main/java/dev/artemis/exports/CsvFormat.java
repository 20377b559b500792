package dev.artemis.exports;

import dev.artemis.shared.Plain;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** RFC 4180, UTF-8. */
final class CsvFormat implements Format {

    private static final int BUFFER = 1 << 16;

    private final CsvVersion version;

    /** @param version of lines that can be copied; others are as they are now */
    CsvFormat(CsvVersion version) {
        this.version = version;
    }

    @Override
    public void write(ReportRows rows, OutputStream target) throws IOException {
        StringBuilder text = new StringBuilder(2 * BUFFER);
        LineColumns columns = rows.columns();
        header(text, columns);
        if (rows.canBeCopied()) {
            rows.copy(version, text.toString(), target);
            return;
        }
        Consumer<String> cell = each -> {
            CsvCells.text(text, each);
            text.append(',');
        };
        rows.lines(row -> {
            columns.texts(row, cell);
            numbers(text, row);
            if (text.length() > BUFFER) {
                flush(text, target);
            }
        });
        flush(text, target);
        target.flush();
    }

    private static void header(StringBuilder text, LineColumns columns) {
        List<String> names = new ArrayList<>(columns.texts());
        names.addAll(LineColumns.SUMS);
        if (columns.chargeback()) {
            names.addAll(LineColumns.CHARGED);
        }
        text.append(String.join(",", names)).append("\r\n");
    }

    private static void numbers(StringBuilder text, ReportRow row) {
        text.append(row.line().calls()).append(',');
        text.append(row.line().tokensInput()).append(',');
        text.append(row.line().tokensCacheRead()).append(',');
        text.append(row.line().tokensCacheWrite()).append(',');
        text.append(row.line().tokensOutput()).append(',');
        text.append(row.line().runs()).append(',');
        text.append(Plain.text(row.line().cpuSeconds())).append(',');
        text.append(Plain.text(row.line().gibSeconds())).append(',');
        text.append(Plain.text(row.cost()));
        if (row.markup() != null) {
            text.append(',').append(Plain.text(row.markup()));
            text.append(',').append(Plain.text(row.charged()));
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
