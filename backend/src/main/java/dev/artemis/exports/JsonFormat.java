package dev.artemis.exports;

import dev.artemis.reports.CostLine;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Plain;
import java.io.OutputStream;
import java.math.BigDecimal;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code {"items": […], "total": "…"}}: the total comes last, since it is known last. Money as decimal strings. Narrowed, it begins with
 * {@code "only": {"stage": "…"}}, null for what has none.
 */
final class JsonFormat implements Format {

    private final JsonMapper json;

    JsonFormat(JsonMapper json) {
        this.json = json;
    }

    private static final class Totals {
        private BigDecimal cost = BigDecimal.ZERO;
        private BigDecimal charged = BigDecimal.ZERO;
    }

    @Override
    public void write(ReportRows rows, OutputStream target) {
        Totals totals = new Totals();
        JsonGenerator generator = json.createGenerator(target);
        generator.writeStartObject();
        if (!rows.only().isEmpty()) {
            generator.writeObjectPropertyStart("only");
            rows.only().forEach((dimension, value) -> text(generator, dimension, value));
            generator.writeEndObject();
        }
        generator.writeArrayPropertyStart("items");
        rows.lines(row -> {
            item(generator, row);
            totals.cost = totals.cost.add(row.cost());
            totals.charged = totals.charged.add(row.charged());
        });
        generator.writeEndArray();
        generator.writeStringProperty("total", Plain.text(totals.cost));
        if (rows.showsChargeback()) {
            generator.writeStringProperty("total_charged", Plain.text(totals.charged));
        }
        generator.writeEndObject();
        generator.flush();
    }

    private static void text(JsonGenerator generator, Dimension dimension, String value) {
        if (value.isEmpty()) {
            generator.writeNullProperty(dimension.toString());
        } else {
            generator.writeStringProperty(dimension.toString(), value);
        }
    }

    private static void item(JsonGenerator generator, ReportRow row) {
        CostLine line = row.line();
        generator.writeStartObject();
        generator.writeStringProperty("tenant", row.tenant().slug().value());
        line.group().forEach((dimension, value) -> {
            if (dimension != Dimension.TENANT) {
                text(generator, dimension, value);
            }
        });
        generator.writeNumberProperty("calls", line.calls());
        generator.writeNumberProperty("tokens_input", line.tokensInput());
        generator.writeNumberProperty("tokens_cache_read", line.tokensCacheRead());
        generator.writeNumberProperty("tokens_cache_write", line.tokensCacheWrite());
        generator.writeNumberProperty("tokens_output", line.tokensOutput());
        generator.writeNumberProperty("runs", line.runs());
        generator.writeName("cpu_seconds");
        generator.writeNumber(Plain.text(line.cpuSeconds()));
        generator.writeName("gib_seconds");
        generator.writeNumber(Plain.text(line.gibSeconds()));
        generator.writeStringProperty("cost", Plain.text(row.cost()));
        if (row.markup() != null) {
            generator.writeStringProperty("markup", Plain.text(row.markup()));
            generator.writeStringProperty("charged", Plain.text(row.charged()));
        }
        generator.writeEndObject();
    }
}
