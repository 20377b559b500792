package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.Scanned;
import dev.artemis.scanning.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scans Python. Safe for many threads at once. */
public final class PythonScan {

    private static final Logger log = LoggerFactory.getLogger(PythonScan.class);

    /** Deep expressions need a deep stack; only what is touched of it takes memory. */
    private static final long STACK_BYTES = 256L << 20;

    private static final int MOST_NESTED_TEXTS = 3;

    private static final Set<String> PLAIN_ENCODINGS =
            Set.of("utf-8", "utf8", "u8", "utf", "utf-8-sig", "ascii", "us-ascii");

    private static final Set<String> LATIN_ENCODINGS = Set.of(
            "latin-1",
            "latin1",
            "latin",
            "iso-8859-1",
            "iso8859-1",
            "iso-8859-15",
            "iso8859-15",
            "cp1252",
            "windows-1252",
            "l1");

    /**
     * Looks at the texts of one program, in order; what is not Python, or nested deeper than Python allows, is
     * unparsable.
     */
    public List<Scanned> scan(List<String> texts) {
        if (texts.isEmpty()) {
            return List.of();
        }
        var result = new CompletableFuture<List<Scanned>>();
        var thread = new Thread(
                null,
                () -> {
                    try {
                        var effort = new Effort();
                        boolean several = texts.size() > 1;
                        result.complete(texts.stream()
                                .map(code -> closed(() -> scan(new Text(code, several, 0), effort)))
                                .toList());
                    } catch (Throwable e) {
                        result.completeExceptionally(e);
                    }
                },
                "scan",
                STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        return result.join();
    }

    /**
     * A text to look at.
     *
     * @param several whether it is one of the files of a program
     * @param nested in how many texts that are run it stands
     */
    record Text(String code, boolean several, int nested) {

        Text within(String inner) {
            return new Text(inner, several, nested + 1);
        }
    }

    /** A fault of the scanner's own is told as an incident, and the program is not clean. */
    static Scanned closed(Supplier<Scanned> scan) {
        try {
            return scan.get();
        } catch (RuntimeException e) {
            log.error("Scan failed, incident={}", UUID.randomUUID(), e);
            return Scanned.of(List.of(finding(Rule.TOO_MUCH, new Source(""), 0)));
        }
    }

    static Scanned scan(Text text, Effort effort) {
        var source = new Source(text.code());
        int surrogate = loneSurrogate(source.text());
        if (surrogate >= 0) {
            return new Scanned(List.of(), Optional.of(unparsable(source, "half a character", surrogate)));
        }
        Optional<String> undecoded = source.undecoded();
        if (undecoded.isPresent()) {
            return new Scanned(List.of(), Optional.of(unparsable(source, undecoded.get(), 0)));
        }
        List<Finding> about = aboutText(source);
        Map<String, Integer> more = Map.of();
        try {
            Program program = Program.parse(source.text());
            var findings = new Findings(source);
            var texts = new CodeTexts(findings, source, program, inner -> inner(text.within(inner), effort));
            var meaning = new Meaning(effort, program.changes(), new EarlyUses(program));
            new Look(meaning, effort, findings, texts, text.several()).at(program);
            about.addAll(findings.all());
            more = findings.more();
        } catch (SyntaxFault e) {
            return new Scanned(about, Optional.of(unparsable(source, e.reason(), e.at())));
        } catch (StackOverflowError e) {
            about.add(finding(Rule.TOO_MUCH, source, 0));
        }
        return new Scanned(about, more, Optional.empty());
    }

    /** A text that is run: what is not Python there runs nothing either. Reading it is counted by its length. */
    private static Scanned inner(Text text, Effort effort) {
        long cost = text.nested() > MOST_NESTED_TEXTS
                ? Effort.MOST_STEPS
                : 1_000L + text.code().length();
        if (!effort.take(cost)) {
            return Scanned.of(List.of());
        }
        Scanned scanned = scan(text, effort);
        return new Scanned(
                scanned.findings().stream()
                        .filter(finding -> finding.severity() == Severity.HIGH)
                        .toList(),
                scanned.fault());
    }

    private static List<Finding> aboutText(Source source) {
        List<Finding> findings = new ArrayList<>();
        source.cookie().ifPresent(cookie -> {
            String name = Source.encoding(cookie);
            boolean ascii = source.isAscii();
            if (LATIN_ENCODINGS.contains(name)) {
                if (!ascii) {
                    findings.add(finding(Rule.ENCODING_MAYBE, source, 0));
                }
            } else if (!PLAIN_ENCODINGS.contains(name) && !name.startsWith("utf-8-")) {
                findings.add(finding(Rule.ENCODING, source, 0));
            }
        });
        for (int at = 0; at < source.text().length(); at++) {
            char c = source.text().charAt(at);
            if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
                findings.add(finding(Rule.BIDI, source, at));
                break;
            }
        }
        return findings;
    }

    private static Finding finding(Rule rule, Source source, int at) {
        return new Finding(
                rule.id(),
                rule.severity(),
                Confidence.HIGH,
                source.line(at),
                source.column(at),
                rule.message(),
                rule.link());
    }

    private static Finding unparsable(Source source, String why, int at) {
        int within = Math.min(at, source.text().length());
        return Scanned.unparsable("Is not Python: " + why + ".", source.line(within), source.column(within));
    }

    /** Where it is; -1 where there is none. */
    private static int loneSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                return at;
            }
        }
        return -1;
    }
}
