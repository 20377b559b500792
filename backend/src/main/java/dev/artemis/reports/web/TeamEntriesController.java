package dev.artemis.reports.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Narrowing;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A whole team's entries, for its members. */
@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/calls")
class TeamEntriesController {

    private final EntryPages pages;
    private final Projects projects;

    TeamEntriesController(EntryPages pages, Projects projects) {
        this.pages = pages;
        this.projects = projects;
    }

    /** Those of all projects, or of one; newest first. Each of the narrowing ones may be empty, for what has none. */
    @GetMapping
    Page<TeamEntry> entries(
            Caller.ForTenant caller,
            @RequestParam(required = false) @Nullable Slug project,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String stage,
            @RequestParam(required = false) @Nullable String model,
            @RequestParam(name = "card_id", required = false) @Nullable String card,
            @RequestParam(required = false) @Nullable String provider,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String member,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit) {
        Map<ProjectId, Slug> of = projects.slugs(caller.tenant(), project);
        return pages.page(
                        caller.tenant(),
                        List.copyOf(of.keySet()),
                        new EntryPages.Asked(from, to, cursor, limit),
                        new Narrowing(stage, model, card, provider, key, member))
                .map(each ->
                        new TeamEntry(Objects.requireNonNull(of.get(each.project())), EntryAnswer.of(each.entry())));
    }

    record TeamEntry(Slug project, @JsonUnwrapped EntryAnswer entry) {}
}
