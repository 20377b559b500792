package dev.artemis.runs;

import dev.artemis.projects.Project;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.Part;
import dev.artemis.scanning.RuleIds;
import dev.artemis.scanning.ScanReport;
import dev.artemis.scanning.ScanRules;
import dev.artemis.scanning.Scanner;
import dev.artemis.scanning.Severity;
import dev.artemis.shared.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the scanner says of a run by its project's policy: of its code, of every file that holds code, of what its environment loads. */
@Component
class ScanRun {

    private static final String CWE = "https://cwe.mitre.org/data/definitions/";

    /** Names in an environment with which an interpreter runs or loads something else first. */
    private static final Map<String, Severity> LOADING = Map.of(
            "BASH_ENV", Severity.HIGH,
            "PS4", Severity.HIGH,
            "LD_PRELOAD", Severity.HIGH,
            "LD_AUDIT", Severity.HIGH,
            "LD_LIBRARY_PATH", Severity.MEDIUM,
            "ENV", Severity.MEDIUM,
            "PYTHONHOME", Severity.MEDIUM,
            "PYTHONPATH", Severity.MEDIUM,
            "PYTHONSTARTUP", Severity.MEDIUM,
            "PYTHONBREAKPOINT", Severity.MEDIUM);

    private final Scanner scanner;

    ScanRun(Scanner scanner) {
        this.scanner = scanner;
    }

    /** Of code alone. @throws Problem 422 for an unknown language, or code that no run may have */
    ScanReport scan(Project project, String language, String code) {
        if (code.getBytes(StandardCharsets.UTF_8).length > SandboxSpec.MAX_CODE_BYTES) {
            throw Problem.notAllowed("code", "at most " + SandboxSpec.MAX_CODE_BYTES + " bytes");
        }
        return scanner.scan(language, code, rules(project));
    }

    ScanReport scan(Project project, SandboxSpec spec) {
        ScanRules rules = rules(project);
        List<Part> parts = new ArrayList<>();
        List<Finding> around = new ArrayList<>();
        parts.add(new Part("", spec.language().id(), spec.code()));
        for (SandboxFile file : spec.files()) {
            if (FileLanguage.isHidden(file)) {
                around.add(finding(
                        RuleIds.FILE_COMPILED, Severity.HIGH, "Is code that cannot be looked at: " + file.path()));
            }
            FileLanguage.of(file).ifPresent(language -> {
                if (file.content().length > SandboxSpec.MAX_CODE_BYTES) {
                    around.add(finding(
                            RuleIds.FILE_TOO_LARGE, Severity.HIGH, "Is too large to be looked at: " + file.path()));
                } else {
                    parts.add(new Part(file.path(), language.id(), new String(file.content(), StandardCharsets.UTF_8)));
                }
            });
        }
        spec.env().keySet().stream().sorted().forEach(name -> {
            Severity severity = LOADING.get(name);
            if (severity != null) {
                around.add(finding(
                        RuleIds.ENV_LOADS_CODE, severity, "Has an interpreter load something else first: " + name));
            }
        });
        return scanner.scan(parts, around, rules);
    }

    private static ScanRules rules(Project project) {
        Project.ScanPolicy policy = project.scanPolicy();
        Set<Severity> block = policy.block().stream().map(Severity::of).collect(Collectors.toSet());
        return new ScanRules(block, Set.copyOf(policy.allow()));
    }

    private static Finding finding(String rule, Severity severity, String message) {
        return new Finding(rule, severity, Confidence.HIGH, 1, 1, message + " (CWE-94).", CWE + "94.html");
    }
}
