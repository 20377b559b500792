package dev.artemis.runs.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.runs.AllowedLimit;
import dev.artemis.runs.InspectedRun;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.RunStatus;
import dev.artemis.runs.RunView;
import dev.artemis.runs.Runs;
import dev.artemis.runs.Submission;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Scope;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/runs")
class RunsController {

    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Runs runs;
    private final Idempotency idempotency;

    RunsController(Runs runs, Idempotency idempotency) {
        this.runs = runs;
        this.idempotency = idempotency;
    }

    @PostMapping
    @RequiresScope(Scope.RUNS_WRITE)
    ResponseEntity<?> submit(Caller.ForProject caller, IdempotentRequest request, @RequestBody RunRequest body) {
        return idempotency.onceAfter(
                caller.tenant(), request, () -> runs.inspect(caller, body), inspected -> submitted(caller, inspected));
    }

    private ResponseEntity<RunDocument> submitted(Caller.ForProject caller, InspectedRun inspected) {
        return switch (runs.submit(caller, inspected)) {
            case Submission.Queued(RunView run) -> accepted(run);
            case Submission.Blocked(RunView run) -> accepted(run);
            case Submission.OverBudget(Problem problem) -> throw problem;
        };
    }

    @GetMapping
    @RequiresScope(Scope.RUNS_READ)
    Page<RunLine> list(
            Caller.ForProject caller,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(name = "card_id", required = false) @Nullable String cardId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        return runs.list(caller, new RunFilter(AskedStatuses.of(status), stage, cardId), cursor, limit)
                .map(RunLine::of);
    }

    /** What a run of this project may ask for, limit by limit. */
    @GetMapping("/limits")
    @RequiresScope(Scope.RUNS_READ)
    Page<AllowedLimit> limits(Caller.ForProject caller) {
        return Page.whole(runs.allowed(caller));
    }

    @GetMapping("/{id}")
    @RequiresScope(Scope.RUNS_READ)
    RunDocument get(
            Caller.ForProject caller,
            @PathVariable String id,
            @RequestParam(name = "wait_seconds", defaultValue = "0") int waitSeconds) {
        if (waitSeconds < 0 || waitSeconds > LONGEST_WAIT_SECONDS) {
            throw Problem.notAllowed("wait_seconds", "0 to " + LONGEST_WAIT_SECONDS);
        }
        RunView run = runs.await(caller, runId(id), Duration.ofSeconds(waitSeconds));
        return run.summary().status() == RunStatus.QUEUED
                ? RunDocument.of(
                        run, runs.waitingFor(caller, run.summary().id()).orElse(null))
                : RunDocument.of(run);
    }

    /** The same code, files, input and limits once more, as a run of its own. */
    @PostMapping("/{id}/repetition")
    @RequiresScope(Scope.RUNS_WRITE)
    ResponseEntity<?> again(Caller.ForProject caller, IdempotentRequest request, @PathVariable String id) {
        RunId run = runId(id);
        return idempotency.onceAfter(
                caller.tenant(),
                request,
                () -> runs.inspectAgain(caller, run),
                inspected -> submitted(caller, inspected));
    }

    @PostMapping("/{id}/cancellation")
    @RequiresScope(Scope.RUNS_WRITE)
    ResponseEntity<RunDocument> cancel(Caller.ForProject caller, @PathVariable String id) {
        return ResponseEntity.accepted().body(RunDocument.of(runs.cancel(caller, runId(id))));
    }

    /** What is no id names no run. */
    static RunId runId(String text) {
        try {
            return RunId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The run");
        }
    }

    private static ResponseEntity<RunDocument> accepted(RunView run) {
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/runs/" + run.summary().id()))
                .body(RunDocument.of(run));
    }
}
