package dev.artemis.budgets.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.Repeatable;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import dev.artemis.web.Required;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/calls")
class CallsController {

    private static final int MOST_CALLS = 1_000;

    private final Budgets budgets;
    private final Answers answers;
    private final JsonMapper json;

    CallsController(Budgets budgets, Answers answers, JsonMapper json) {
        this.budgets = budgets;
        this.answers = answers;
        this.json = json;
    }

    @PostMapping
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> track(Caller.ForProject caller, IdempotentRequest request, @RequestBody CallBody body) {
        return answers.of(
                budgets.track(caller, body.spending(), answers.once(request, Answers.Asked.CALL)), Answers.Asked.CALL);
    }

    /** Each call is admitted or refused on its own; one that cannot be read is refused like the others. */
    @PostMapping("/batch")
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> trackAll(Caller.ForProject caller, IdempotentRequest request, @RequestBody CallsBody body) {
        List<JsonNode> calls = Required.field("calls", body.calls());
        if (calls.isEmpty() || calls.size() > MOST_CALLS) {
            throw Problem.notAllowed("calls", "1 to " + MOST_CALLS + " calls");
        }
        BatchOfCalls batch = BatchOfCalls.read(json, calls);
        List<CallSpending> spendings = batch.spendings();
        List<Admission> admissions = budgets.trackAll(
                caller,
                spendings,
                new Repeatable(
                        request,
                        made -> new KeptAnswer(200, json.writeValueAsString(batch.results(json, made)), null)));
        Optional<Admission> kept = keptBefore(admissions);
        return kept.isPresent()
                ? answers.of(kept.get(), Answers.Asked.CALL)
                : ResponseEntity.ok(batch.results(json, admissions));
    }

    private static Optional<Admission> keptBefore(List<Admission> admissions) {
        return admissions.stream()
                .filter(one -> one instanceof Admission.Replayed || one instanceof Admission.KeyConflict)
                .findFirst();
    }

    /** @param calls one that is null is refused alone, like others that are no call */
    record CallsBody(
            @JsonSetter(contentNulls = Nulls.SET) @Nullable List<JsonNode> calls) {}
}
