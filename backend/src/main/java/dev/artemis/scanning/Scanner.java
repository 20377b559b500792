package dev.artemis.scanning;

import dev.artemis.scanning.python.PythonScan;
import dev.artemis.shared.Language;
import dev.artemis.shared.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Scans code of the languages that runs may have. Safe for many threads at once, of which as many scan as there are
 * processors, and the others wait: a scan holds a processor and some memory, and never waits itself.
 */
@Service
public class Scanner {

    private static final Finding UNSCANNED = new Finding(
            RuleIds.CODE_UNSCANNED,
            Severity.HIGH,
            Confidence.HIGH,
            1,
            1,
            "No scanner reads its language: what was not looked at is not clean (CWE-693).",
            "https://cwe.mitre.org/data/definitions/693.html");

    private final List<Language> languages;
    private final PythonScan python = new PythonScan();
    private final Semaphore places = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

    public Scanner() {
        this(Language.all());
    }

    Scanner(List<Language> languages) {
        this.languages = List.copyOf(languages);
    }

    /**
     * Looks at code by a project's policy.
     *
     * @param language an id of {@link Language}
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
        return scan(parts, List.of(), rules);
    }

    /**
     * The same, with what its caller saw beside the texts, which the policy judges too.
     *
     * @throws Problem 422 for a language there is none of
     */
    public ScanReport scan(List<Part> parts, List<Finding> around, ScanRules rules) {
        List<Language.Scan> ways =
                parts.stream().map(part -> language(part.language()).scan()).toList();
        places.acquireUninterruptibly();
        try {
            List<String> texts = new ArrayList<>();
            // of each part what is left to do once all Python was looked at, in order
            List<Function<Iterator<Scanned>, Scanned>> rest = new ArrayList<>();
            for (int i = 0; i < parts.size(); i++) {
                String code = parts.get(i).code();
                switch (ways.get(i)) {
                    case PYTHON -> {
                        texts.add(code);
                        rest.add(Iterator::next);
                    }
                    case SHELL -> {
                        ShellScan.Script script = ShellScan.scan(code);
                        script.python().forEach(inner -> texts.add(inner.code()));
                        rest.add(next -> script.with(script.python().stream()
                                .map(inner -> next.next())
                                .toList()));
                    }
                    case NONE -> rest.add(next -> Scanned.of(List.of(UNSCANNED)));
                }
            }
            Iterator<Scanned> scanned = python.scan(texts).iterator();
            List<Scanned> all = new ArrayList<>();
            all.add(Scanned.of(around));
            for (int i = 0; i < parts.size(); i++) {
                Scanned one = rest.get(i).apply(scanned);
                String path = parts.get(i).path();
                all.add(path.isEmpty() ? one : one.within(path));
            }
            return judged(all, rules);
        } finally {
            places.release();
        }
    }

    private Language language(String id) {
        return languages.stream()
                .filter(language -> language.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Problem.notAllowed(
                        "language",
                        languages.stream().map(Language::id).collect(Collectors.joining(", ", "one of ", ""))));
    }

    private static ScanReport judged(List<Scanned> all, ScanRules rules) {
        boolean parsable = all.stream().allMatch(Scanned::parsable);
        List<Finding> findings = all.stream()
                .flatMap(scanned -> Stream.concat(
                        scanned.findings().stream()
                                .filter(finding -> !rules.allow().contains(finding.rule())),
                        scanned.fault().stream()))
                .toList();
        boolean blocked = findings.stream().anyMatch(finding -> rules.block().contains(finding.severity()));
        Verdict verdict = !parsable ? Verdict.UNPARSABLE : blocked ? Verdict.BLOCKED : Verdict.CLEAN;
        List<Finding> told = new Telling(rules.block()).of(findings, ScanReport.MOST_FINDINGS);
        int unkept =
                all.stream().mapToInt(scanned -> unkept(scanned.more(), rules)).sum();
        return new ScanReport(verdict, told, unkept + findings.size() - told.size());
    }

    private static int unkept(Map<String, Integer> more, ScanRules rules) {
        return more.entrySet().stream()
                .filter(rule -> !rules.allow().contains(rule.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
