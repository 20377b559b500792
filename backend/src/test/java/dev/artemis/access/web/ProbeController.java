package dev.artemis.access.web;

import dev.artemis.shared.Caller;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** For tests: calls of a project that do nothing but say who called. */
@RestController
class ProbeController {

    @GetMapping("/api/v1/probe")
    @RequiresScope(Scope.COSTS_READ)
    Map<String, String> reading(Caller.ForProject caller) {
        return Map.of("project", caller.project().toString(), "name", caller.name());
    }

    @PostMapping("/api/v1/probe")
    @RequiresScope(Scope.CALLS_WRITE)
    Map<String, String> writing(Caller.ForProject caller) {
        return Map.of("project", caller.project().toString(), "name", caller.name());
    }
}
