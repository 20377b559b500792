package dev.artemis.budgets.web;

import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Repeatable;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import dev.artemis.web.Required;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/calls")
class CallsController {

    private static final int MOST_CALLS = 1_000;

    private final Budgets budgets;
    private final JsonMapper json;

    CallsController(Budgets budgets, JsonMapper json) {
        this.budgets = budgets;
        this.json = json;
    }

    @PostMapping
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> track(Caller.ForProject caller, IdempotentRequest request, @RequestBody CallBody body) {
        Admission admission = budgets.track(
                caller, body.spending(), new Repeatable(request, admissions -> kept(admissions.getFirst())));
        return switch (admission) {
            case Admission.Tracked tracked -> ResponseEntity.status(201).body(TrackedAnswer.of(tracked));
            case Admission.Replayed(int status, String text) ->
                Idempotency.replayed(new KeptAnswer(status, text, null));
            case Admission.Refused _,
                    Admission.Suspended _,
                    Admission.Unpriced _,
                    Admission.KeyConflict _,
                    Admission.Held _,
                    Admission.UnknownHold _,
                    Admission.AlreadyReleased _,
                    Admission.AlreadySettled _,
                    Admission.Released _ -> throw Refusals.of(admission);
        };
    }

    /** Each call is admitted or refused on its own; a call with a value that is not allowed is refused like the others. */
    @PostMapping("/batch")
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> trackAll(Caller.ForProject caller, IdempotentRequest request, @RequestBody CallsBody body) {
        List<CallBody> bodies = Required.field("calls", body.calls());
        if (bodies.isEmpty() || bodies.size() > MOST_CALLS) {
            throw Problem.notAllowed("calls", "1 to " + MOST_CALLS + " calls");
        }
        List<Read> read = bodies.stream().map(CallsController::read).toList();
        List<CallSpending> calls = read.stream()
                .flatMap(one ->
                        one.call() == null ? java.util.stream.Stream.empty() : java.util.stream.Stream.of(one.call()))
                .toList();
        List<Admission> admissions = budgets.trackAll(
                caller,
                calls,
                new Repeatable(
                        request,
                        answers -> new KeptAnswer(200, json.writeValueAsString(results(read, answers)), null)));
        if (admissions.size() == 1) {
            if (admissions.getFirst() instanceof Admission.Replayed(int status, String text)) {
                return Idempotency.replayed(new KeptAnswer(status, text, null));
            }
            if (admissions.getFirst() instanceof Admission.KeyConflict) {
                throw Idempotency.conflict();
            }
        }
        return ResponseEntity.ok(results(read, admissions));
    }

    /** One call of a batch: what it asks for, or why it may not. */
    private record Read(
            @Nullable CallSpending call, @Nullable Problem fault) {}

    private static Read read(@Nullable CallBody body) {
        if (body == null) {
            throw Problem.invalidRequest("calls", "must not hold null");
        }
        try {
            return new Read(body.spending(), null);
        } catch (Problem fault) {
            return new Read(null, fault);
        }
    }

    private BatchAnswer results(List<Read> read, List<Admission> admissions) {
        Iterator<Admission> admission = admissions.iterator();
        List<Map<String, Object>> results = new ArrayList<>(read.size());
        for (Read one : read) {
            results.add(one.fault() == null ? result(admission.next()) : result(one.fault()));
        }
        return new BatchAnswer(results);
    }

    private Map<String, Object> result(Admission admission) {
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

    private @Nullable KeptAnswer kept(Admission admission) {
        return admission instanceof Admission.Tracked tracked
                ? new KeptAnswer(201, json.writeValueAsString(TrackedAnswer.of(tracked)), null)
                : null;
    }

    record CallsBody(@Nullable List<@Nullable CallBody> calls) {}

    record BatchAnswer(List<Map<String, Object>> results) {}
}
