package dev.artemis.budgets.web;

import dev.artemis.budgets.Admission;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Refusals;
import dev.artemis.shared.Problem;
import dev.artemis.web.UnreadableJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls that came together: each is what it asks for, or why it may not. */
final class BatchOfCalls {

    private final List<Read> calls;

    private BatchOfCalls(List<Read> calls) {
        this.calls = calls;
    }

    private record Read(
            @Nullable CallSpending spending, @Nullable Problem fault) {}

    record Results(List<Map<String, Object>> results) {}

    static BatchOfCalls read(JsonMapper json, List<JsonNode> calls) {
        return new BatchOfCalls(calls.stream().map(call -> read(json, call)).toList());
    }

    private static Read read(JsonMapper json, JsonNode call) {
        try {
            if (!call.isObject()) {
                throw Problem.notAllowed("calls", "each is an object");
            }
            return new Read(json.treeToValue(call, CallBody.class).spending(), null);
        } catch (JacksonException e) {
            return new Read(null, Problem.notAllowed(UnreadableJson.problem(e).errors()));
        } catch (Problem fault) {
            return new Read(null, fault);
        }
    }

    /** Those that can be asked for, in their order. */
    List<CallSpending> spendings() {
        List<CallSpending> spendings = new ArrayList<>(calls.size());
        for (Read call : calls) {
            if (call.spending() != null) {
                spendings.add(call.spending());
            }
        }
        return spendings;
    }

    /** As many results as calls, in their order. */
    Results results(JsonMapper json, List<Admission> admissions) {
        Iterator<Admission> admission = admissions.iterator();
        List<Map<String, Object>> results = new ArrayList<>(calls.size());
        for (Read call : calls) {
            results.add(call.fault() == null ? result(json, admission.next()) : result(call.fault()));
        }
        return new Results(results);
    }

    private static Map<String, Object> result(JsonMapper json, Admission admission) {
        if (admission instanceof Admission.Tracked tracked) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("status", 201);
            json.valueToTree(TrackedAnswer.of(tracked))
                    .properties()
                    .forEach(field -> result.put(field.getKey(), field.getValue()));
            return result;
        }
        return result(Refusals.of(admission));
    }

    private static Map<String, Object> result(Problem problem) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", problem.status());
        result.put("code", problem.code());
        result.put("detail", problem.detail());
        if (!problem.errors().isEmpty()) {
            result.put("errors", problem.errors());
        }
        result.putAll(problem.properties());
        return result;
    }
}
