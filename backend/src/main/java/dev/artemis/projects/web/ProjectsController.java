package dev.artemis.projects.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Slug;
import dev.artemis.web.Required;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/projects")
class ProjectsController {

    private final Projects projects;
    private final Idempotency idempotency;

    ProjectsController(Projects projects, Idempotency idempotency) {
        this.projects = projects;
        this.idempotency = idempotency;
    }

    @PostMapping
    @RequiresRight(Right.CHANGE_PROJECTS)
    ResponseEntity<?> create(
            Caller.ForTenant caller,
            IdempotentRequest request,
            @PathVariable Slug tenant,
            @RequestBody NewProject body) {
        Slug slug = Required.field("slug", body.slug());
        String name = Required.field("name", body.name());
        return idempotency.once(caller.tenant(), request, () -> {
            Project project = projects.create(caller, caller.tenant(), slug, name);
            return ResponseEntity.created(URI.create("/api/v1/admin/tenants/" + tenant + "/projects/" + project.slug()))
                    .body(ProjectAnswer.of(project));
        });
    }

    @GetMapping
    Page<ProjectAnswer> all(Caller.ForTenant caller) {
        return Page.whole(projects.all(caller.tenant())).map(ProjectAnswer::of);
    }

    @GetMapping("/{project}")
    ProjectAnswer one(Caller.ForTenant caller, @PathVariable Slug project) {
        return ProjectAnswer.of(projects.named(caller.tenant(), project));
    }

    @PatchMapping("/{project}")
    @RequiresRight(Right.CHANGE_PROJECTS)
    ProjectAnswer change(Caller.ForTenant caller, @PathVariable Slug project, @RequestBody ChangedProject body) {
        Project before = projects.named(caller.tenant(), project);
        return ProjectAnswer.of(projects.change(
                caller,
                caller.tenant(),
                before.id(),
                new ProjectChange(
                        body.name(),
                        body.allowUnscanned(),
                        body.scanPolicy() == null ? null : body.scanPolicy().over(before.scanPolicy()),
                        body.defaultLimits(),
                        body.maximumLimits(),
                        body.runsAtOnce())));
    }

    record NewProject(@Nullable Slug slug, @Nullable String name) {}

    record ChangedProject(
            @Nullable String name,
            @Nullable Boolean allowUnscanned,
            @Nullable ChangedScanPolicy scanPolicy,
            @Nullable Map<String, BigDecimal> defaultLimits,
            @Nullable Map<String, BigDecimal> maximumLimits,
            @Schema(types = {"integer", "null"}) @Nullable JsonNode maxRunningRuns) {

        /** What is left out stays; null leaves it to the platform again. */
        ProjectChange.@Nullable RunsAtOnce runsAtOnce() {
            if (maxRunningRuns == null) {
                return null;
            }
            if (maxRunningRuns.isNull()) {
                return new ProjectChange.RunsAtOnce(null);
            }
            if (!maxRunningRuns.isIntegralNumber() || !maxRunningRuns.canConvertToInt()) {
                throw Problem.invalidRequest("max_running_runs", "an integer, or null");
            }
            return new ProjectChange.RunsAtOnce(maxRunningRuns.intValue());
        }
    }

    /** Null leaves a part as it is. */
    record ChangedScanPolicy(
            @Nullable List<String> block, @Nullable List<String> allow) {

        Project.ScanPolicy over(Project.ScanPolicy before) {
            return new Project.ScanPolicy(
                    block == null ? before.block() : block, allow == null ? before.allow() : allow);
        }
    }

    record ProjectAnswer(
            String id,
            Slug slug,
            String name,
            boolean allowUnscanned,
            Project.ScanPolicy scanPolicy,
            Map<String, BigDecimal> defaultLimits,
            Map<String, BigDecimal> maximumLimits,
            @Nullable Integer maxRunningRuns,
            OffsetDateTime createdAt) {

        static ProjectAnswer of(Project project) {
            return new ProjectAnswer(
                    project.id().toString(),
                    project.slug(),
                    project.name(),
                    project.allowUnscanned(),
                    project.scanPolicy(),
                    project.defaultLimits(),
                    project.maximumLimits(),
                    project.maxRunningRuns(),
                    project.createdAt().atOffset(ZoneOffset.UTC));
        }
    }
}
