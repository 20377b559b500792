package dev.artemis.access.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.access.web.AuditController.AuditAnswer;
import dev.artemis.shared.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Entries of the audit log as CSV (RFC 4180, UTF-8). */
final class AuditFile {

    private AuditFile() {}

    /** @param entries hands all over, one by one */
    static void write(OutputStream to, Consumer<Consumer<AuditAnswer>> entries) throws IOException {
        // not closed where reading fails: what breaks off must not look whole
        CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        csv.writeRecord("id", "at", "actor", "address", "tenant", "action", "subject", "before", "after");
        entries.accept(entry -> write(csv, entry));
        csv.flush();
    }

    private static void write(CsvWriter csv, AuditAnswer entry) {
        csv.writeRecord(
                Long.toString(entry.id()),
                entry.at().toString(),
                SpreadsheetText.defused(entry.actor()),
                text(entry.address()),
                entry.tenant() == null ? "" : entry.tenant().value(),
                entry.action(),
                SpreadsheetText.defused(entry.subject()),
                text(entry.before()),
                text(entry.after()));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : SpreadsheetText.defused(value);
    }
}
