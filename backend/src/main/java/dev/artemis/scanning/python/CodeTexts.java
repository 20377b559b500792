package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Scanned;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts that something runs: judged as programs of their own, each once. */
final class CodeTexts {

    /** Scans a text that the program runs. */
    @FunctionalInterface
    interface InnerText {
        Scanned scan(String text);
    }

    /** Ways to write a prompt so that the source does not show it, or to give an object another text to test. */
    private static final Set<String> HIDDEN_EXAMPLES =
            Set.of("__doc__", "__test__", "\\x3e", "\\76", "\\u003e", "\\N{", "\\U0000003e");

    private final Findings findings;
    private final Source source;
    private final Program program;
    private final InnerText inner;
    private final Map<String, Scanned> judged = new HashMap<>();
    private @Nullable Boolean badExamples;
    private @Nullable Boolean badAnnotations;

    CodeTexts(Findings findings, Source source, Program program, InnerText inner) {
        this.findings = findings;
        this.source = source;
        this.program = program;
        this.inner = inner;
    }

    void run(Value texts, int at) {
        for (Value one : Value.each(texts)) {
            switch (one) {
                case Value.Text(String code) -> {
                    if (isBad(code)) {
                        findings.report(Rule.CODE_TEXT, at);
                    }
                }
                case Value.OwnFunction function -> {}
                case Value.Closure closure -> {}
                case Value.Symbol(String path) when !Paths.isOfSome(path) -> {}
                default -> findings.report(Rule.CODE_TEXT, at, Confidence.MEDIUM);
            }
        }
    }

    /** The examples in docstrings are run. */
    void examples(int at) {
        if (badExamples == null) {
            badExamples = areExamplesBad();
        }
        if (badExamples) {
            findings.report(Rule.CODE_TEXT, at, Confidence.MEDIUM);
        }
    }

    private boolean areExamplesBad() {
        String text = source.text();
        Scanned examples = judged(examples(text));
        return !examples.parsable()
                || !examples.findings().isEmpty()
                || HIDDEN_EXAMPLES.stream().anyMatch(text::contains);
    }

    /** Annotations that are texts are evaluated. */
    void annotations(int at) {
        if (badAnnotations == null) {
            badAnnotations = source.text().contains("__annotations__")
                    || program.annotations().stream().anyMatch(this::isBad);
        }
        if (badAnnotations) {
            findings.report(Rule.CODE_TEXT, at, Confidence.MEDIUM);
        }
    }

    private boolean isBad(String code) {
        return !judged(code).findings().isEmpty();
    }

    private Scanned judged(String code) {
        Scanned before = judged.get(code);
        if (before == null) {
            before = inner.scan(code);
            judged.put(code, before);
        }
        return before;
    }

    private static String examples(String text) {
        var examples = new StringBuilder();
        boolean within = false;
        for (String line : text.split("\n")) {
            int prompt = line.indexOf(">>> ");
            if (prompt >= 0) {
                examples.append(line, prompt + 4, line.length()).append('\n');
                within = true;
            } else if (within && line.strip().startsWith("... ")) {
                examples.append(line, line.indexOf("... ") + 4, line.length()).append('\n');
            } else if (!line.strip().equals("...")) {
                within = false;
            }
        }
        return examples.toString();
    }
}
