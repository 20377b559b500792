package dev.artemis.exports.web;

import dev.artemis.exports.ExportOwner;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.ExportStanding;
import dev.artemis.exports.Exports;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import java.time.Instant;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How far exports are that were asked for: the latest hundred, kept for an hour after their end. */
@RestController
@RequestMapping("/api/v1")
class ExportsController {

    private final Exports exports;

    ExportsController(Exports exports) {
        this.exports = exports;
    }

    @GetMapping("/reports/exports")
    @RequiresScope(Scope.COSTS_READ)
    Page<ExportAnswer> ofProject(Caller.ForProject caller) {
        return all(new ExportOwner.Project(caller.tenant(), caller.project()));
    }

    @GetMapping("/reports/exports/{id}")
    @RequiresScope(Scope.COSTS_READ)
    ExportAnswer ofProject(Caller.ForProject caller, @PathVariable UUID id) {
        return one(new ExportOwner.Project(caller.tenant(), caller.project()), id);
    }

    @GetMapping("/admin/tenants/{tenant}/reports/exports")
    Page<ExportAnswer> ofTeam(Caller.ForTenant caller) {
        return all(new ExportOwner.Team(caller.tenant()));
    }

    @GetMapping("/admin/tenants/{tenant}/reports/exports/{id}")
    ExportAnswer ofTeam(Caller.ForTenant caller, @PathVariable UUID id) {
        return one(new ExportOwner.Team(caller.tenant()), id);
    }

    @GetMapping("/admin/reports/exports")
    Page<ExportAnswer> ofPlatform(Caller platform) {
        return all(new ExportOwner.Platform());
    }

    @GetMapping("/admin/reports/exports/{id}")
    ExportAnswer ofPlatform(Caller platform, @PathVariable UUID id) {
        return one(new ExportOwner.Platform(), id);
    }

    private Page<ExportAnswer> all(ExportOwner owner) {
        return Page.whole(exports.latest(owner)).map(ExportAnswer::of);
    }

    private ExportAnswer one(ExportOwner owner, UUID id) {
        return exports.latest(owner).stream()
                .filter(standing -> standing.id().equals(id))
                .findFirst()
                .map(ExportAnswer::of)
                .orElseThrow(() -> Problem.notFound("The export"));
    }

    /**
     * An export as JSON.
     *
     * @param before how many come before it; 0 once it runs
     * @param rows written so far
     */
    record ExportAnswer(String id, String format, ExportProgress.State state, int before, long rows, Instant askedAt) {

        static ExportAnswer of(ExportStanding standing) {
            return new ExportAnswer(
                    standing.id().toString(),
                    standing.format().toString(),
                    standing.state(),
                    standing.before(),
                    standing.rows(),
                    standing.askedAt());
        }
    }
}
