package dev.artemis.scanning.web;

import dev.artemis.scanning.ScanReport;
import dev.artemis.scanning.ScanRules;
import dev.artemis.scanning.Scanner;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/scans")
class ScansController {

    private static final int MOST_CHARACTERS = 4 << 20;

    private final Scanner scanner;

    ScansController(Scanner scanner) {
        this.scanner = scanner;
    }

    /** What to scan. */
    record ScanRequest(@Nullable String language, @Nullable String code) {}

    /** By the default policy; a run is judged by its project's. */
    @PostMapping
    @RequiresScope(Scope.RUNS_WRITE)
    ScanReport scan(Caller.ForProject caller, @RequestBody ScanRequest request) {
        if (request.language() == null) {
            throw Problem.invalidRequest("language", "is missing");
        }
        if (request.code() == null) {
            throw Problem.invalidRequest("code", "is missing");
        }
        if (request.code().length() > MOST_CHARACTERS) {
            throw Problem.notAllowed("code", "at most " + MOST_CHARACTERS + " characters");
        }
        return scanner.scan(request.language(), request.code(), ScanRules.DEFAULT);
    }
}
