package dev.artemis.ui.audit;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.SpreadsheetText;
import dev.artemis.shared.TenantId;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found, as a file for a spreadsheet. */
final class AuditFile {

    private AuditFile() {}

    static String of(AuditLog log, AuditQuery query, Map<TenantId, String> teams) {
        var text = new StringWriter();
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            write(csv, log, query, teams);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(CsvWriter csv, AuditLog log, AuditQuery query, Map<TenantId, String> teams) {
        csv.writeRecord("at", "actor", "address", "team", "action", "subject", "before", "after");
        log.each(
                query,
                entry -> csv.writeRecord(
                        entry.at().toString(),
                        SpreadsheetText.defused(entry.actor()),
                        text(entry.address()),
                        SpreadsheetText.defused(team(entry, teams)),
                        entry.action(),
                        SpreadsheetText.defused(entry.subject()),
                        text(entry.before()),
                        text(entry.after())));
    }

    private static String team(AuditEntry entry, Map<TenantId, String> teams) {
        return entry.tenant() == null
                ? ""
                : teams.getOrDefault(entry.tenant(), entry.tenant().toString());
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : SpreadsheetText.defused(value);
    }
}
