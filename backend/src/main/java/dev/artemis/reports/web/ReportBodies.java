package dev.artemis.reports.web;

import dev.artemis.reports.CostReport;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Usd;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** A report in the format that was asked for, streamed. */
@Component
class ReportBodies {

    private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8;header=present");

    private final CostReport report;
    private final JsonMapper json;

    ReportBodies(CostReport report, JsonMapper json) {
        this.report = report;
        this.json = json;
    }

    ResponseEntity<StreamingResponseBody> of(String format, List<CostReport.Part> parts) {
        return switch (format) {
            case "csv" -> file(CSV, "costs.csv", target -> report.csv(parts, target));
            case "json" -> file(MediaType.APPLICATION_JSON, "costs.json", target -> writeJson(parts, target));
            default -> throw Problem.notAllowed("format", "csv or json");
        };
    }

    private static ResponseEntity<StreamingResponseBody> file(MediaType type, String name, StreamingResponseBody body) {
        return ResponseEntity.ok()
                .contentType(type)
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(body);
    }

    /** {@code {"items": […], "total": "…"}}: the total comes last, since it is known last. */
    private void writeJson(List<CostReport.Part> parts, OutputStream target) {
        Usd[] total = {Usd.ZERO};
        JsonGenerator generator = json.createGenerator(target);
        generator.writeStartObject();
        generator.writeArrayPropertyStart("items");
        report.lines(parts, (tenant, line) -> {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("tenant", tenant.slug().value());
            fields.putAll(CostFields.of(line));
            generator.writePOJO(fields);
            total[0] = total[0].plus(line.cost());
        });
        generator.writeEndArray();
        generator.writeStringProperty("total", total[0].toString());
        generator.writeEndObject();
        generator.flush();
    }
}
