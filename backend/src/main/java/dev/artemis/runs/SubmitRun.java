package dev.artemis.runs;

import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.RunHold;
import dev.artemis.budgets.RunHolding;
import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.scanning.ScanReport;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** From a request to a run that waits. */
@Component
class SubmitRun {

    private static final Logger log = LoggerFactory.getLogger(SubmitRun.class);

    private final Projects projects;
    private final ScanRun scan;
    private final Budgets budgets;
    private final RunRows rows;
    private final RunInputs inputs;
    private final RunViews views;
    private final QueueRoom room;
    private final TenantTransactions transactions;
    private final RunSettings settings;
    private final Clock clock;

    SubmitRun(
            Projects projects,
            ScanRun scan,
            Budgets budgets,
            RunRows rows,
            RunInputs inputs,
            RunViews views,
            QueueRoom room,
            TenantTransactions transactions,
            RunSettings settings,
            Clock clock) {
        this.projects = projects;
        this.scan = scan;
        this.budgets = budgets;
        this.rows = rows;
        this.inputs = inputs;
        this.views = views;
        this.room = room;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    InspectedRun inspect(Caller.ForProject caller, RunRequest request) {
        Project project = projects.find(caller.tenant(), caller.project()).orElseThrow(SubmitRun::noProject);
        CheckedRequest checked = new CheckRequest(project).check(request);
        ScanReport report = checked.scan() ? scan.scan(project, checked.spec()) : ScanReport.NOTHING;
        return new InspectedRun(checked, report.verdict().blocks(), Found.of(report));
    }

    Submission submit(Caller.ForProject caller, InspectedRun run) {
        return transactions.inTenant(
                caller.tenant(),
                () -> run.blocked()
                        ? blocked(caller, run.request(), run.found())
                        : queued(caller, run.request(), run.found()));
    }

    InspectedRun inspectAgain(Caller.ForProject caller, RunId run) {
        RunRequest request = transactions.inTenant(caller.tenant(), () -> {
            RunSummary before = views.summary(caller.project(), run).orElseThrow(Runs::unknown);
            return request(before, inputs.spec(run).orElseThrow(Runs::unknown));
        });
        return inspect(caller, request);
    }

    List<AllowedLimit> allowed(Caller.ForProject caller) {
        return new ResolveLimits(
                        projects.find(caller.tenant(), caller.project()).orElseThrow(SubmitRun::noProject))
                .allowed();
    }

    /** Without running it. @throws Problem 404 where the project is gone */
    ScanReport scan(Caller.ForProject caller, String language, String code) {
        Project project = projects.find(caller.tenant(), caller.project()).orElseThrow(SubmitRun::noProject);
        return scan.scan(project, language, code);
    }

    ScanReport scan(Project project, String language, String code) {
        return scan.scan(project, language, code);
    }

    private Submission blocked(Caller.ForProject caller, CheckedRequest request, Found found) {
        Instant at = clock.instant();
        return new Submission.Blocked(insert(caller, Run.blocked(RunId.random(), at), request, found, at));
    }

    private Submission queued(Caller.ForProject caller, CheckedRequest request, Found found) {
        // once without a lock, so that a queue that is full costs nobody anything
        room.require(caller, request.spec().limits());
        Instant at = clock.instant();
        Run run = Run.queued(RunId.random(), settings.attempts(), at);
        RunHolding holding = budgets.holdForRun(new RunHold(
                caller.tenant(),
                caller.project(),
                caller.key(),
                caller.member(),
                run.id(),
                request.stage(),
                request.cardId(),
                RunCost.most(request.spec().limits())));
        return switch (holding) {
            case RunHolding.Held held -> {
                // and once under the till's lock: two at once do not both take the last place
                room.require(caller, request.spec().limits());
                yield new Submission.Queued(insert(caller, run, request, found, at));
            }
            case RunHolding.Refused refused -> new Submission.OverBudget(overBudget(refused));
            case RunHolding.Suspended suspended ->
                throw Problem.of(403, "tenant-suspended", "The team is suspended: nothing new is admitted.");
        };
    }

    /** Row, news and input in one round trip, and what the caller is shown of it. */
    private RunView insert(Caller.ForProject caller, Run run, CheckedRequest request, Found found, Instant at) {
        var writing = new Pipeline();
        rows.insert(writing, caller, run, request, at);
        inputs.insert(writing, caller.tenant(), run.id(), request.spec(), found);
        Pipeline.Rows<RunView> view = views.fresh(writing, caller.project(), run.id());
        rows.run(writing);
        inputs.insertFiles(caller.tenant(), run.id(), request.spec().files());
        log.info("Run submitted, run={} project={} status={}", run.id(), caller.project(), run.status());
        return view.all().getFirst();
    }

    private static Problem overBudget(RunHolding.Refused refused) {
        var limit = refused.refusal().limit();
        return Problem.of(402, "budget-exceeded", "The most that this run can cost does not fit a limit.")
                .with(Map.of(
                        "scope", limit.scope().toString(),
                        "period", limit.period().toString(),
                        "limit", limit.limit(),
                        "used", limit.used(),
                        "reserved", limit.reserved(),
                        "requested", refused.refusal().requested(),
                        "resets_at", limit.resetsAt()));
    }

    private static RunRequest request(RunSummary before, SandboxSpec spec) {
        return new RunRequest(
                spec.language().id(),
                spec.code(),
                before.stage(),
                before.cardId(),
                RunRequest.LimitsRequest.of(spec.limits()),
                spec.files().stream().map(SubmitRun::file).toList(),
                new String(spec.stdin(), StandardCharsets.UTF_8),
                spec.env(),
                null,
                before.priority());
    }

    private static RunRequest.FileRequest file(SandboxFile file) {
        return new RunRequest.FileRequest(file.path(), Base64.getEncoder().encodeToString(file.content()));
    }

    private static Problem noProject() {
        return Problem.notFound("The project");
    }
}
