package dev.artemis.reports;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** A tenant's or project's costs as a file, by all that finance asks for at once; streamed in constant memory. */
@Service
public class CostReport {

    private static final List<Dimension> BY = List.of(
            Dimension.DAY,
            Dimension.PROJECT,
            Dimension.STAGE,
            Dimension.MODEL,
            Dimension.PROVIDER,
            Dimension.CARD,
            Dimension.KEY,
            Dimension.MEMBER);

    private static final String HEADER = "date,tenant,project,stage,model,provider,card,key,member,calls,tokens_input,"
            + "tokens_cache_read,tokens_cache_write,tokens_output,runs,cpu_seconds,gib_seconds,cost_usd";

    private final Costs costs;

    CostReport(Costs costs) {
        this.costs = costs;
    }

    /**
     * One part of a report: a tenant, or one project of it.
     *
     * @param project null: all of the tenant's
     * @param span in the tenant's own zone
     */
    public record Part(Tenant tenant, @Nullable ProjectId project, Span span) {

        CostQuery query() {
            return new CostQuery(tenant.id(), project, span, BY);
        }
    }

    /**
     * Writes CSV (RFC 4180, UTF-8): a header, and one line per group of each part in turn. The last column adds up to
     * the ledger's total. The target is neither flushed nor closed when something fails, so that half a report is seen
     * to be half.
     */
    public void csv(List<Part> parts, OutputStream target) {
        try {
            Writer writer = new OutputStreamWriter(target, StandardCharsets.UTF_8);
            writer.write(HEADER + "\r\n");
            for (Part part : parts) {
                costs.stream(part.query(), line -> write(writer, part.tenant(), line));
            }
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Hands over each line of each part in turn, with its tenant. */
    public void lines(List<Part> parts, BiConsumer<Tenant, CostLine> lines) {
        for (Part part : parts) {
            costs.stream(part.query(), line -> lines.accept(part.tenant(), line));
        }
    }

    private static void write(Writer writer, Tenant tenant, CostLine line) {
        StringBuilder row = new StringBuilder();
        for (Dimension dimension : BY) {
            CsvCells.text(row, line.group().getOrDefault(dimension, ""));
            row.append(',');
            if (dimension == Dimension.DAY) {
                CsvCells.text(row, tenant.slug().value());
                row.append(',');
            }
        }
        row.append(line.calls()).append(',');
        row.append(line.tokensInput()).append(',');
        row.append(line.tokensCacheRead()).append(',');
        row.append(line.tokensCacheWrite()).append(',');
        row.append(line.tokensOutput()).append(',');
        row.append(line.runs()).append(',');
        row.append(plain(line.cpuSeconds())).append(',');
        row.append(plain(line.gibSeconds())).append(',');
        row.append(plain(line.cost())).append("\r\n");
        try {
            writer.append(row);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(BigDecimal amount) {
        return amount.toPlainString();
    }

    private static String plain(Usd amount) {
        return amount.toString();
    }
}
