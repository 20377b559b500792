package dev.artemis.runs.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunFilter;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A whole team's runs, for its members. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/runs")
class TeamRunsController {

    private final Runs runs;
    private final Projects projects;

    TeamRunsController(Runs runs, Projects projects) {
        this.runs = runs;
        this.projects = projects;
    }

    /** Those of all projects, or of one; newest first. */
    @GetMapping
    @RequiresRight(Right.SEE_RUNS)
    Page<TeamRun> list(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable Slug project,
            @RequestParam(required = false) @Nullable List<String> status,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(name = "card_id", required = false) @Nullable String cardId,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        Map<ProjectId, Slug> of = projects.slugs(caller.tenant(), project);
        var filter = new RunFilter(AskedStatuses.of(status), stage, cardId);
        return runs.list(caller.tenant(), of.keySet(), filter, cursor, limit)
                .map(run -> new TeamRun(Objects.requireNonNull(of.get(run.project())), RunLine.of(run)));
    }

    record TeamRun(Slug project, @JsonUnwrapped RunLine run) {}
}
