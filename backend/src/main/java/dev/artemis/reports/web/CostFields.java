package dev.artemis.reports.web;

import dev.artemis.reports.CostLine;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of costs as JSON: its dimensions under their own names, then its sums. */
final class CostFields {

    private CostFields() {}

    static Map<String, Object> of(CostLine line) {
        Map<String, Object> fields = new LinkedHashMap<>();
        line.group().forEach((dimension, value) -> fields.put(dimension.toString(), value.isEmpty() ? null : value));
        fields.put("calls", line.calls());
        fields.put("tokens_input", line.tokensInput());
        fields.put("tokens_cache_read", line.tokensCacheRead());
        fields.put("tokens_cache_write", line.tokensCacheWrite());
        fields.put("tokens_output", line.tokensOutput());
        fields.put("runs", line.runs());
        fields.put("cpu_seconds", line.cpuSeconds());
        fields.put("gib_seconds", line.gibSeconds());
        fields.put("cost", line.cost());
        return fields;
    }
}
