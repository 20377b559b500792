package dev.artemis.scanning.python;

import dev.artemis.scanning.Confidence;
import dev.artemis.scanning.Finding;
import dev.artemis.scanning.Scanned;
import dev.artemis.scanning.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Scans Python. Safe for many threads at once. */
public final class PythonScan {

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
                        result.complete(texts.stream()
                                .map(code -> scan(code, 0, effort))
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

    private static Scanned scan(String code, int nested, Effort effort) {
        var source = new Source(code);
        if (hasLoneSurrogate(source.text())) {
            return Scanned.unparsable();
        }
        List<Finding> about = aboutText(source);
        try {
            Program program = Program.parse(source.text());
            var findings = new Findings(source);
            var texts = new CodeTexts(findings, source, program, text -> inner(text, nested + 1, effort));
            new Look(new Meaning(effort, program.changes()), effort, findings, texts).at(program);
            about.addAll(findings.all());
        } catch (SyntaxFault e) {
            return new Scanned(false, about);
        } catch (StackOverflowError e) {
            about.add(finding(Rule.TOO_MUCH, source, 0));
        }
        return new Scanned(true, about);
    }

    /** A text that is run: what is not Python there runs nothing either. Reading it is counted by its length. */
    private static Scanned inner(String text, int nested, Effort effort) {
        long cost = nested > MOST_NESTED_TEXTS ? Effort.MOST_STEPS : 1_000L + text.length();
        if (!effort.take(cost)) {
            return new Scanned(true, List.of());
        }
        Scanned scanned = scan(text, nested, effort);
        return new Scanned(
                scanned.parsable(),
                scanned.findings().stream()
                        .filter(finding -> finding.severity() == Severity.HIGH)
                        .toList());
    }

    private static List<Finding> aboutText(Source source) {
        List<Finding> findings = new ArrayList<>();
        source.cookie().ifPresent(cookie -> {
            String name = cookie.toLowerCase(Locale.ROOT).replace('_', '-');
            boolean ascii = source.text().chars().allMatch(c -> c < 128);
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

    private static boolean hasLoneSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                at++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
