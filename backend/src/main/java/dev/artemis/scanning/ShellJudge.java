package dev.artemis.scanning;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Judges the commands of one script, one by one; what a command is given to run is a script of its own. */
final class ShellJudge {

    private static final String CWE = "https://cwe.mitre.org/data/definitions/";

    /** What is loaded before anything that is asked for. */
    private static final Pattern LOADING =
            Pattern.compile("(?:LD_PRELOAD|LD_AUDIT|BASH_ENV)=.+|PS4=.*(?:\\$\\(|`).*", Pattern.DOTALL);

    /** Disks, and memory. */
    private static final Pattern DEVICE =
            Pattern.compile("/dev/(?:(?:sd|hd|vd|xvd|nvme|mmcblk|dm-|mapper/|loop)\\w*|k?mem|port)");

    private static final Pattern SET_UID = Pattern.compile("(?:.*,)?[ugoa]*[+=][rwxXt]*s.*|[2467]\\d{3}");

    private static final int MOST_FILES = 1_000;

    /** {@code sh -c "sh -c …"}: deeper ones are not clean. */
    private static final int MOST_NESTED = 4;

    private final List<Finding> findings = new ArrayList<>();
    private final List<ShellScan.Inner> python = new ArrayList<>();

    private final Set<String> fetchedFiles = new HashSet<>();
    private final Map<String, Boolean> patterns = new HashMap<>();
    private final int nested;

    ShellJudge(int nested) {
        this.nested = nested;
    }

    /** What was found. */
    List<Finding> findings() {
        return findings;
    }

    /** What is still to be looked at. */
    List<ShellScan.Inner> python() {
        return python;
    }

    /** A function that pipes into itself. */
    void forkBomb(ShellWords.Word at) {
        find(
                "sh-fork-bomb",
                Severity.HIGH,
                at,
                "A function that pipes into itself multiplies without end (CWE-400).",
                CWE + "400.html");
    }

    /** Judges one command. */
    void command(ShellCommand command, ShellReading reading) {
        addresses(command, reading);
        command.assignments().forEach(this::assigned);
        int first = command.first();
        if (first == command.words().size()) {
            return;
        }
        ShellWords.Word word = command.words().get(first);
        String name = command.name();
        List<String> arguments =
                command.arguments().stream().map(ShellWords.Word::text).toList();
        runsCode(command, reading);
        if (!reading.runner.isEmpty()) {
            command.said().ifPresent(text -> run(reading.runner, text));
        }
        boolean fetches = ShellNames.FETCHERS.contains(name) || ShellNames.DECODERS.contains(name);
        if (reading.fetched && command.runsItsInput()
                || !reading.runner.isEmpty() && fetches
                || runsFetchedFile(command)) {
            find(
                    "sh-pipe-to-shell",
                    Severity.HIGH,
                    word,
                    "Runs what was fetched or decoded (CWE-494).",
                    CWE + "494.html");
        }
        if (fetches) {
            files(command, reading);
        }
        if (name.equals("eval")) {
            find("sh-eval", Severity.HIGH, word, "Runs text as commands (CWE-95).", CWE + "95.html");
        }
        if (rises(name)) {
            find(
                    "sh-privilege",
                    Severity.HIGH,
                    word,
                    "Asks for more rights than a run has (CWE-250).",
                    CWE + "250.html");
        }
        if (name.startsWith("mkfs")
                || (name.equals("dd") && arguments.stream().anyMatch(a -> a.startsWith("of=/dev/")))
                || (ShellNames.OF_DEVICES.contains(name) && arguments.stream().anyMatch(a -> a.startsWith("/dev/")))) {
            find("sh-device", Severity.HIGH, word, "Writes to a device (CWE-73).", CWE + "73.html");
        }
        if (deletes(name, arguments) && arguments.stream().anyMatch(ShellJudge::isRoot)) {
            find("sh-delete-root", Severity.HIGH, word, "Deletes what is not its own (CWE-73).", CWE + "73.html");
        }
        if ((name.equals("chmod") || name.equals("install"))
                && arguments.stream().anyMatch(a -> SET_UID.matcher(a).matches())) {
            find(
                    "sh-set-uid",
                    Severity.HIGH,
                    word,
                    "Makes a program that runs with its owner's rights (CWE-732).",
                    CWE + "732.html");
        }
        if ((name.equals("nc") || name.equals("ncat") || name.equals("socat"))
                && arguments.stream().anyMatch(a -> a.matches("-\\w*[ec]|(?i)(exec|system):.*|--exec|--sh-exec"))) {
            reverseShell(word);
        }
        if (ShellNames.FETCHERS.contains(name)) {
            find("sh-network", Severity.MEDIUM, word, "Talks to the network (CWE-918).", CWE + "918.html");
        }
    }

    /** What it opens by its name. */
    private void addresses(ShellCommand command, ShellReading reading) {
        Stream.concat(command.words().stream(), reading.redirections.stream()).forEach(any -> {
            if (any.text().startsWith("/dev/tcp/") || any.text().startsWith("/dev/udp/")) {
                find(
                        "sh-dev-tcp",
                        Severity.HIGH,
                        any,
                        "Opens a connection through the shell itself (CWE-78).",
                        CWE + "78.html");
            }
            if (any.kind() == ShellWords.Kind.WRITTEN
                    && DEVICE.matcher(any.text()).matches()) {
                find("sh-device", Severity.HIGH, any, "Writes to a device (CWE-73).", CWE + "73.html");
            }
        });
    }

    private void assigned(ShellWords.Word assignment) {
        if (LOADING.matcher(assignment.text()).matches()) {
            find(
                    "sh-loads-code",
                    Severity.HIGH,
                    assignment,
                    "Has other code loaded first, or run with every line (CWE-426).",
                    CWE + "426.html");
        }
    }

    /** Looks at the code that it is given: as a word, as its input, or as words of its own. */
    private void runsCode(ShellCommand command, ShellReading reading) {
        String name = command.name();
        List<ShellWords.Word> arguments = command.arguments();
        boolean reads = command.runsItsInput();
        List<ShellWords.Word> input = !reads
                ? List.of()
                : Stream.concat(
                                reading.redirections.stream().filter(word -> word.kind() == ShellWords.Kind.FED),
                                reading.said.stream())
                        .toList();
        Stream.concat(command.given().stream(), input.stream()).forEach(code -> run(name, code));
        switch (name) {
            case "trap" ->
                arguments.stream()
                        .filter(word -> !word.text().startsWith("-"))
                        .findFirst()
                        .ifPresent(this::shell);
            case "alias" ->
                arguments.stream()
                        .filter(word -> ShellCommand.isAssignment(word.text()))
                        .map(word ->
                                word.saying(word.text().substring(word.text().indexOf('=') + 1)))
                        .forEach(this::shell);
            case "script" ->
                IntStream.range(1, arguments.size())
                        .filter(i -> arguments.get(i - 1).text().matches("-\\w*c|--command"))
                        .mapToObj(arguments::get)
                        .forEach(this::shell);
            case "find" -> found(arguments);
            default -> {
                // nobody names a program so: whoever wraps it has a shell run it
                ShellWords.Word word = command.words().get(command.first());
                if (word.text().indexOf(' ') > 0) {
                    shell(word);
                }
            }
        }
    }

    /** Looks at code that an interpreter is given. */
    private void run(String name, ShellWords.Word code) {
        if (ShellNames.PYTHON.matcher(name).matches()) {
            python.add(new ShellScan.Inner(code.text(), code.line(), code.column() + 1));
        } else if (ShellNames.SHELLS.contains(name) || name.equals("eval")) {
            shell(code);
        }
    }

    /** {@code find . -exec sh -c '…' \;}. */
    private void found(List<ShellWords.Word> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            if (ShellNames.FINDS_AND_RUNS.contains(arguments.get(i).text())) {
                int end = i + 1;
                while (end < arguments.size() && !arguments.get(end).text().matches("[;+]")) {
                    end++;
                }
                var command = new ShellCommand(arguments.subList(i + 1, end));
                if (!command.name().equals("find")) {
                    command(command, new ShellReading(""));
                }
                i = end;
            }
        }
    }

    /** Also where the shell has to look for its name. */
    private boolean rises(String name) {
        return ShellNames.RISING.contains(name)
                // /usr/bin/su?o
                || ((name.indexOf('?') > 0 || name.indexOf('*') > 0)
                        && name.length() < 20
                        && patterns.size() < MOST_FILES
                        && patterns.computeIfAbsent(name, ShellJudge::findsRising));
    }

    private static boolean findsRising(String pattern) {
        String regex = pattern.replace("?", ".").replace("*", ".*");
        return pattern.matches("[a-z]{1,9}[?*][a-z?*]*")
                && ShellNames.RISING.stream().anyMatch(rising -> rising.matches(regex));
    }

    private static boolean deletes(String name, List<String> arguments) {
        return switch (name) {
            case "rm" ->
                arguments.stream().anyMatch(a -> a.equals("--recursive") || ShellCommand.isShortOption(a, "rR"));
            case "find" -> arguments.contains("-delete");
            default -> false;
        };
    }

    /** Takes down into which files it may write what it fetches or decodes. */
    private void files(ShellCommand command, ShellReading reading) {
        Stream<String> written = reading.redirections.stream()
                .filter(word -> word.kind() == ShellWords.Kind.WRITTEN)
                .map(ShellWords.Word::text);
        Stream<String> named = ShellNames.FETCHERS.contains(command.name())
                ? command.arguments().stream()
                        .map(ShellWords.Word::text)
                        .filter(text -> !text.startsWith("-"))
                        .map(text -> text.contains("://") ? ShellNames.base(text) : text)
                : Stream.empty();
        Stream.concat(written, named)
                .filter(file -> !file.isEmpty() && fetchedFiles.size() < MOST_FILES)
                .map(ShellJudge::file)
                .forEach(fetchedFiles::add);
    }

    private boolean runsFetchedFile(ShellCommand command) {
        if (fetchedFiles.isEmpty()) {
            return false;
        }
        String name = command.name();
        String written = command.words().get(command.first()).text();
        if (written.indexOf('/') >= 0 && fetchedFiles.contains(file(written))) {
            return true;
        }
        return (ShellNames.RUNNING.contains(name)
                        || ShellNames.PYTHON.matcher(name).matches())
                && command.given().isEmpty()
                && command.arguments().stream()
                        .filter(word -> !word.text().startsWith("-"))
                        .findFirst()
                        .filter(word -> fetchedFiles.contains(file(word.text())))
                        .isPresent();
    }

    private static String file(String path) {
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** A shell that talks to another machine. */
    void reverseShell(ShellWords.Word at) {
        find("sh-reverse-shell", Severity.HIGH, at, "Connects a shell to the network (CWE-78).", CWE + "78.html");
    }

    /** A script within a word, which a shell may still fill in: what is plain in it counts. */
    private void shell(ShellWords.Word script) {
        if (nested == MOST_NESTED) {
            find("sh-eval", Severity.HIGH, script, "Runs text as commands (CWE-95).", CWE + "95.html");
            return;
        }
        ShellWords.Script words = ShellWords.read(script.text());
        if (words.fault().isPresent()) {
            return;
        }
        var inner = new ShellJudge(nested + 1);
        new ShellScan(inner).commands(words.words());
        inner.findings.stream()
                .filter(finding -> finding.severity() == Severity.HIGH)
                .map(finding -> within(script, finding))
                .forEach(findings::add);
        inner.python.forEach(code -> python.add(new ShellScan.Inner(
                code.code(), script.line() + code.line() - 1, column(script, code.line(), code.column()))));
    }

    private static Finding within(ShellWords.Word script, Finding finding) {
        return new Finding(
                finding.rule(),
                finding.severity(),
                finding.confidence(),
                script.line() + finding.line() - 1,
                column(script, finding.line(), finding.column()),
                "In a shell's word: " + finding.message(),
                finding.link());
    }

    private static int column(ShellWords.Word script, int line, int column) {
        return line == 1 ? script.column() + column : column;
    }

    private static boolean isRoot(String path) {
        return path.matches(
                "/+\\*?|~/?\\*?|\\$HOME/?\\*?|\\$\\{HOME}/?\\*?|/(?:bin|boot|dev|etc|home|lib|lib64|opt|proc|root|sbin|srv|sys|usr|var)/*\\*?");
    }

    private void find(String rule, Severity severity, ShellWords.Word at, String message, String link) {
        findings.add(new Finding(rule, severity, Confidence.MEDIUM, at.line(), at.column(), message, link));
    }
}
