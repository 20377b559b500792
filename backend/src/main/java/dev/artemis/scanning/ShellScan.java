package dev.artemis.scanning;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Scans shell scripts, word by word: commands, pipes and redirections outside comments, with quotes taken off words and
 * here-documents passed over. Says only what is plain: a shell can assemble any word while it runs, so a clean script
 * is held by the sandbox alone. What bash itself does not take is unparsable, although bash runs what stands before it.
 */
final class ShellScan {

    private static final String UNREAD =
            "Is not shell: a quote, a substitution or a document within it is not closed, or it is nested too deep.";

    private static final String REFUSED = "Is not shell: bash takes no such command or word there.";

    /** Further ones are held by the sandbox alone. */
    private static final int MOST_INNER = 200;

    /** Every id that a finding of this scanner has. */
    static final Set<String> RULES = Set.of(
            "sh-delete-root",
            "sh-dev-tcp",
            "sh-device",
            "sh-eval",
            "sh-fork-bomb",
            "sh-loads-code",
            "sh-network",
            "sh-pipe-to-shell",
            "sh-privilege",
            "sh-reverse-shell",
            "sh-set-uid");

    private final ShellJudge judge;
    private final ShellVariables variables = new ShellVariables();

    ShellScan(ShellJudge judge) {
        this.judge = judge;
    }

    /**
     * Python that a command is given as a word: {@code python3 -c '…'}.
     *
     * @param line of the script, on which it begins
     * @param column from 1
     */
    record Inner(String code, int line, int column) {

        /** What was seen in it that blocks by itself, where it stands. A word that a shell fills in may be no Python: then nothing. */
        List<Finding> seen(Scanned scanned) {
            return scanned.findings().stream()
                    .filter(finding -> finding.severity() == Severity.HIGH)
                    .map(finding -> new Finding(
                            finding.rule(),
                            finding.severity(),
                            finding.confidence(),
                            line + finding.line() - 1,
                            finding.line() == 1 ? column + finding.column() - 1 : finding.column(),
                            "In Python: " + finding.message(),
                            finding.link()))
                    .toList();
        }
    }

    /**
     * What a script is.
     *
     * @param python what is still to be looked at
     */
    record Script(Scanned scanned, List<Inner> python) {

        /** With what was seen in the Python in it, in order. */
        Scanned with(List<Scanned> seen) {
            List<Finding> all = new ArrayList<>(scanned.findings());
            Map<String, Integer> more = new HashMap<>();
            for (int i = 0; i < python.size(); i++) {
                List<Finding> inner = python.get(i).seen(seen.get(i));
                all.addAll(inner);
                seen.get(i).more().forEach((rule, count) -> {
                    if (inner.stream().anyMatch(finding -> finding.rule().equals(rule))) {
                        more.merge(rule, count, Integer::sum);
                    }
                });
            }
            return new Scanned(all, more, scanned.fault());
        }
    }

    static Script scan(String code) {
        var words = ShellWords.read(code);
        Optional<Finding> fault = words.fault()
                .map(place -> Scanned.unparsable(UNREAD, place.line(), place.column()))
                .or(() -> ShellGrammar.fault(code)
                        .map(place -> Scanned.unparsable(REFUSED, place.line(), place.column())));
        if (fault.isPresent()) {
            return new Script(new Scanned(List.of(), fault), List.of());
        }
        var judge = new ShellJudge(0);
        new ShellScan(judge).commands(words.words());
        return new Script(
                Scanned.of(judge.findings()),
                judge.python().stream().limit(MOST_INNER).toList());
    }

    void commands(List<ShellWords.Word> words) {
        Deque<ShellReading> outer = new ArrayDeque<>();
        Set<String> functions = new HashSet<>();
        var reading = new ShellReading("");
        for (int i = 0; i <= words.size(); i++) {
            ShellWords.Word word = i < words.size() ? words.get(i) : null;
            if (word != null && !word.operator()) {
                reading.add(word);
                continue;
            }
            String operator = word == null ? ";" : word.text();
            if (operator.equals(ShellWords.OPEN) || operator.equals(ShellWords.OPEN_FILE)) {
                outer.push(reading);
                reading = new ShellReading(reading.runsNext(operator) ? reading.name() : reading.runner);
                continue;
            }
            if (reading.context.goesOn(reading.command, operator)) {
                continue;
            }
            List<ShellWords.Word> defined = withoutFunction(reading.command);
            if (defined.size() < reading.command.size()) {
                functions.add(reading.command.get(1).text());
            }
            var command = new ShellCommand(variables.filled(defined));
            String name = command.name();
            if (operator.equals("(")
                    && i + 1 < words.size()
                    && words.get(i + 1).text().equals(")")) {
                functions.add(name);
            } else if (operator.equals("|")
                    && (functions.contains(name) || name.equals("$0"))
                    && calls(words, i + 1, name)) {
                judge.forkBomb(command.words().get(command.first()));
            }
            boolean piped = operator.equals("|") || operator.equals("|&");
            if (piped
                    && ShellNames.SHELLS.contains(name)
                    && i + 1 < words.size()
                    && ShellNames.LINES.contains(
                            ShellNames.base(words.get(i + 1).text()))) {
                judge.reverseShell(command.words().get(command.first()));
            }
            command.assignments().forEach(assignment -> variables.assigned(assignment.text()));
            judge.command(command, reading);
            boolean fetches = ShellNames.FETCHERS.contains(name)
                    || ShellNames.DECODERS.contains(name)
                    || command.printsByNumber()
                    || reading.fetchedWithin;
            reading.fetched = piped && (reading.fetched || fetches);
            reading.said = piped ? command.said() : Optional.empty();
            reading.fetchedEver |= fetches;
            reading.fetchedWithin = false;
            reading.clear();
            if (operator.equals(ShellWords.CLOSE) && !outer.isEmpty()) {
                boolean within = reading.fetchedEver;
                reading = outer.pop();
                reading.fetchedWithin |= within;
            }
        }
    }

    /** {@code function f { …}: what stands behind its name. */
    private static List<ShellWords.Word> withoutFunction(List<ShellWords.Word> command) {
        return command.size() > 1 && command.getFirst().text().equals("function")
                ? command.subList(2, command.size())
                : command;
    }

    private static boolean calls(List<ShellWords.Word> words, int i, String name) {
        return i < words.size() && words.get(i).text().equals(name);
    }
}
