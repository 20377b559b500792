package dev.artemis.scanning;

import dev.artemis.scanning.python.PythonScan;
import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Service;

/**
 * Scans code of the languages that runs may have. Safe for many threads at once, of which as many scan as there are
 * processors, and the others wait: a scan holds a processor and some memory, and never waits itself.
 */
@Service
public class Scanner {

    private static final Set<String> LANGUAGES = Set.of("python", "shell");

    private final PythonScan python = new PythonScan();
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    /**
     * Looks at code by a project's policy.
     *
     * @param language "python" or "shell"
     * @throws Problem 422 for another language
     */
    public ScanReport scan(String language, String code, ScanRules rules) {
        return scan(List.of(new Part("", language, code)), rules);
    }

    /**
     * Looks at all that belongs to one program; together they may take no longer than one. One that cannot be parsed is
     * enough for the whole to be.
     *
     * @throws Problem 422 for a language there is none of
     */
    public ScanReport scan(List<Part> parts, ScanRules rules) {
        for (Part part : parts) {
            if (!LANGUAGES.contains(part.language())) {
                throw Problem.notAllowed("language", "one of python, shell");
            }
        }
        places.acquireUninterruptibly();
        try {
            Map<Part, ShellScan.Script> scripts = new IdentityHashMap<>();
            List<String> texts = new ArrayList<>();
            for (Part part : parts) {
                if (part.language().equals("python")) {
                    texts.add(part.code());
                } else {
                    ShellScan.Script script = ShellScan.scan(part.code());
                    scripts.put(part, script);
                    script.python().forEach(inner -> texts.add(inner.code()));
                }
            }
            Iterator<Scanned> next = python.scan(texts).iterator();
            List<Scanned> all = new ArrayList<>();
            for (Part part : parts) {
                ShellScan.Script script = scripts.get(part);
                Scanned one = script == null
                        ? next.next()
                        : script.with(script.python().stream()
                                .map(inner -> next.next())
                                .toList());
                all.add(part.path().isEmpty() ? one : one.within(part.path()));
            }
            boolean parsable = all.stream().allMatch(Scanned::parsable);
            return judged(
                    new Scanned(
                            parsable,
                            all.stream().flatMap(one -> one.findings().stream()).toList()),
                    rules);
        } finally {
            places.release();
        }
    }

    private static ScanReport judged(Scanned scanned, ScanRules rules) {
        List<Finding> findings = scanned.findings().stream()
                .filter(finding -> !rules.allow().contains(finding.rule()))
                .sorted(Comparator.comparingInt(Finding::line)
                        .thenComparingInt(Finding::column)
                        .thenComparing(Finding::rule))
                .toList();
        boolean blocked = findings.stream().anyMatch(finding -> rules.block().contains(finding.severity()));
        Verdict verdict = !scanned.parsable() ? Verdict.UNPARSABLE : blocked ? Verdict.BLOCKED : Verdict.CLEAN;
        return new ScanReport(
                verdict, findings.stream().limit(ScanReport.MOST_FINDINGS).toList());
    }
}
