package dev.artemis.runs.web;

import dev.artemis.runs.Runs;
import dev.artemis.scanning.ScanReport;
import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import dev.artemis.web.Required;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/scans")
class ScansController {

    private final Runs runs;

    ScansController(Runs runs) {
        this.runs = runs;
    }

    /** What to scan. */
    record ScanRequest(@Nullable String language, @Nullable String code) {}

    /** By the project's own policy, as a run would be judged. */
    @PostMapping
    @RequiresScope(Scope.RUNS_WRITE)
    ScanReport scan(Caller.ForProject caller, @RequestBody ScanRequest request) {
        return runs.scan(
                caller, Required.field("language", request.language()), Required.field("code", request.code()));
    }
}
