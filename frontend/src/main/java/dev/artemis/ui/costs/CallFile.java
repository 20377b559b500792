package dev.artemis.ui.costs;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.artemis.ledger.EntryView;
import dev.artemis.projects.Project;
import dev.artemis.shared.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries of the ledger as CSV (RFC 4180, UTF-8), newest first. However many there are, some pages of them are in memory. */
final class CallFile {

    private static final List<String> HEAD = List.of(
            "id",
            "kind",
            "recorded_at",
            "occurred_at",
            "day",
            "project",
            "provider",
            "model",
            "service_tier",
            "stage",
            "purpose",
            "card",
            "key",
            "member",
            "refers_to",
            "tokens_input",
            "tokens_cache_read",
            "tokens_cache_write_5m",
            "tokens_cache_write_1h",
            "tokens_output",
            "cpu_seconds",
            "gib_seconds",
            "cost_usd",
            "over_budget",
            "reason",
            "closed_month");

    private CallFile() {}

    /** Writes all entries of some projects, from the newest on. */
    static void write(OutputStream to, List<Project> projects, CallsInTurn.Pages pages) throws IOException {
        // not closed where a page fails: what breaks off must not look whole
        CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(to, StandardCharsets.UTF_8));
        csv.writeRecord(HEAD);
        new CallsInTurn(projects, pages).forEach(line -> csv.writeRecord(cells(line)));
        csv.flush();
    }

    private static List<String> cells(CallLine line) {
        EntryView entry = line.entry();
        return List.of(
                entry.id().toString(),
                entry.kind().toString(),
                entry.recordedAt().toString(),
                text(entry.occurredAt()),
                entry.day().toString(),
                line.project().slug().toString(),
                SpreadsheetText.defused(entry.provider()),
                SpreadsheetText.defused(entry.model()),
                text(entry.tier()),
                SpreadsheetText.defused(entry.stage()),
                text(entry.purpose()),
                text(entry.card()),
                text(entry.key()),
                text(entry.member()),
                text(entry.refersTo()),
                String.valueOf(entry.tokens().tokensInput()),
                String.valueOf(entry.tokens().tokensCacheRead()),
                String.valueOf(entry.tokens().tokensCacheWrite5m()),
                String.valueOf(entry.tokens().tokensCacheWrite1h()),
                String.valueOf(entry.tokens().tokensOutput()),
                entry.cpuSeconds().toPlainString(),
                entry.gibSeconds().toPlainString(),
                entry.cost().toString(),
                String.valueOf(entry.overBudget()),
                text(entry.words() == null ? null : entry.words().reason()),
                text(entry.words() == null ? null : entry.words().closedMonth()));
    }

    private static String text(@Nullable Object value) {
        return SpreadsheetText.defused(Objects.toString(value, ""));
    }
}
