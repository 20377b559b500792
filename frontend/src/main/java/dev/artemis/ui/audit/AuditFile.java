package dev.artemis.ui.audit;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
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
                        harmless(entry.actor()),
                        text(entry.address()),
                        harmless(team(entry, teams)),
                        entry.action(),
                        harmless(entry.subject()),
                        text(entry.before()),
                        text(entry.after())));
    }

    private static String team(AuditEntry entry, Map<TenantId, String> teams) {
        return entry.tenant() == null
                ? ""
                : teams.getOrDefault(entry.tenant(), entry.tenant().toString());
    }

    /** A spreadsheet takes what begins like that for a formula. */
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
