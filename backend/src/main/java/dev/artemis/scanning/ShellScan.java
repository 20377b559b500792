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
import java.util.regex.Pattern;

/**
 * Scans shell scripts, word by word: commands, pipes and redirections outside comments, with quotes taken off words and
 * here-documents passed over. Says only what is plain: a shell can assemble any word while it runs, so a clean script
 * is held by the sandbox alone. A quote that is not closed is unparsable.
 */
final class ShellScan {

    private static final String CWE = "https://cwe.mitre.org/data/definitions/";

    private static final String UNREAD =
            "Is not shell: a quote, a substitution or a document within it is not closed, or it is nested too deep.";

    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "zsh", "ksh", "ash", "busybox");
    private static final Set<String> INTERPRETERS = Set.of("python", "python3", "perl", "ruby", "node", "php");
    private static final Set<String> TRANSPARENT =
            Set.of("builtin", "then", "do", "else", "!", "{", "if", "while", "until", "elif");

    /** Commands that run the command behind them, with the letters of their options that take the next word. */
    private static final Map<String, String> WRAPPING = Map.ofEntries(
            Map.entry("chrt", "TPD"),
            Map.entry("command", ""),
            Map.entry("env", "uC"),
            Map.entry("exec", "a"),
            Map.entry("ionice", "cnp"),
            Map.entry("nice", "n"),
            Map.entry("nohup", ""),
            Map.entry("setsid", ""),
            Map.entry("stdbuf", "ioe"),
            Map.entry("taskset", ""),
            Map.entry("time", "fo"),
            Map.entry("timeout", "ks"),
            Map.entry("xargs", "IdaEsnPL"));

    /** How long, how nice, on which processors: what stands before the command that is wrapped. */
    private static final Pattern AMOUNT = Pattern.compile("[0-9][0-9a-fx.,-]{0,20}[smhd]?");

    private static final Set<String> RISING = Set.of(
            "sudo",
            "su",
            "doas",
            "pkexec",
            "chroot",
            "nsenter",
            "unshare",
            "mount",
            "umount",
            "insmod",
            "modprobe",
            "setcap");
    private static final Set<String> DECODERS = Set.of("base64", "base32", "xxd", "openssl", "gunzip", "uudecode");
    private static final Set<String> FETCHERS = Set.of("curl", "wget", "nc", "ncat", "socat");

    /** Options of shells and of Python that take the next word. */
    private static final Pattern VALUED = Pattern.compile("[-+][A-Za-z]{0,20}[oOWX]|--rcfile|--init-file");

    private static final Pattern PYTHON = Pattern.compile("python[23]?(\\.[0-9]+)?");

    /** Further ones are held by the sandbox alone. */
    private static final int MOST_INNER = 200;

    /** {@code sh -c "sh -c …"}: deeper ones are not clean. */
    private static final int MOST_NESTED = 4;

    /** What runs what it is given. */
    private static final Set<String> RUNNING = running();

    /** Every id that a finding of this scanner has. */
    static final Set<String> RULES = Set.of(
            "sh-delete-root",
            "sh-dev-tcp",
            "sh-device",
            "sh-eval",
            "sh-fork-bomb",
            "sh-network",
            "sh-pipe-to-shell",
            "sh-privilege",
            "sh-reverse-shell",
            "sh-set-uid");

    private final List<Finding> findings = new ArrayList<>();
    private final List<Inner> python = new ArrayList<>();

    private final int nested;

    private ShellScan(int nested) {
        this.nested = nested;
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

    private static Set<String> running() {
        Set<String> running = new HashSet<>(SHELLS);
        running.addAll(INTERPRETERS);
        running.addAll(Set.of("source", ".", "eval"));
        return Set.copyOf(running);
    }

    static Script scan(String code) {
        var words = ShellWords.read(code);
        Optional<Finding> fault = words.fault().map(place -> Scanned.unparsable(UNREAD, place.line(), place.column()));
        if (fault.isPresent()) {
            return new Script(new Scanned(List.of(), fault), List.of());
        }
        var scan = new ShellScan(0);
        scan.commands(words.words());
        return new Script(
                Scanned.of(scan.findings),
                scan.python.stream().limit(MOST_INNER).toList());
    }

    /** A command that is being read, and the pipe it stands in. */
    private static final class Reading {
        private final List<ShellWords.Word> command = new ArrayList<>();
        private final boolean runsOutput;
        /** Whether a command before it in its pipe fetches or decodes. */
        private boolean fetched;

        /** Whether one within its words does. */
        private boolean fetchedWithin;

        /** Whether any so far did. */
        private boolean fetchedEver;

        Reading(boolean runsOutput) {
            this.runsOutput = runsOutput;
        }
    }

    private void commands(List<ShellWords.Word> words) {
        Deque<Reading> outer = new ArrayDeque<>();
        Set<String> functions = new HashSet<>();
        var reading = new Reading(false);
        for (int i = 0; i <= words.size(); i++) {
            ShellWords.Word word = i < words.size() ? words.get(i) : null;
            if (word != null && !word.operator()) {
                reading.command.add(word);
                continue;
            }
            String operator = word == null ? ";" : word.text();
            if (operator.equals(ShellWords.OPEN) || operator.equals(ShellWords.OPEN_FILE)) {
                outer.push(reading);
                reading = new Reading(reading.runsOutput || runsNext(reading.command));
                continue;
            }
            String name = command(reading);
            if (operator.equals("(")
                    && i + 1 < words.size()
                    && words.get(i + 1).text().equals(")")) {
                functions.add(name);
            } else if (operator.equals("|") && functions.contains(name) && calls(words, i + 1, name)) {
                find(
                        "sh-fork-bomb",
                        Severity.HIGH,
                        reading.command.getFirst(),
                        "A function that pipes into itself multiplies without end (CWE-400).",
                        CWE + "400.html");
            }
            boolean fetches = FETCHERS.contains(name) || DECODERS.contains(name) || reading.fetchedWithin;
            boolean piped = operator.equals("|") || operator.equals("|&");
            reading.fetched = piped && (reading.fetched || fetches);
            reading.fetchedEver |= fetches;
            reading.fetchedWithin = false;
            reading.command.clear();
            if (operator.equals(ShellWords.CLOSE) && !outer.isEmpty()) {
                boolean within = reading.fetchedEver;
                reading = outer.pop();
                reading.fetchedWithin |= within;
            }
        }
    }

    /** Whether the next word is run: {@code sh -c …}, {@code bash …}, {@code eval …}. */
    private static boolean runsNext(List<ShellWords.Word> command) {
        String name = name(command);
        if (!RUNNING.contains(name)) {
            return false;
        }
        String last = command.getLast().text();
        boolean code = last.equals("-e") || isShortOption(last, "c");
        return code
                || name.equals("eval")
                || command.subList(first(command) + 1, command.size()).stream()
                        .allMatch(word -> word.text().startsWith("-"));
    }

    private static boolean calls(List<ShellWords.Word> words, int i, String name) {
        return i < words.size() && words.get(i).text().equals(name);
    }

    /** Of the word that says what is run; its size where none does. */
    private static int first(List<ShellWords.Word> command) {
        int first = 0;
        while (first < command.size()) {
            String word = command.get(first).text();
            String options = WRAPPING.get(baseName(word));
            if (options != null && !asksOnly(command, first)) {
                first = behindOptions(command, first + 1, options);
            } else if (TRANSPARENT.contains(word) || isAssignment(word)) {
                first++;
            } else {
                return first;
            }
        }
        return first;
    }

    /** {@code command -v sudo} runs nothing. */
    private static boolean asksOnly(List<ShellWords.Word> command, int at) {
        return at + 1 < command.size()
                && command.get(at).text().equals("command")
                && isShortOption(command.get(at + 1).text(), "vV");
    }

    private static int behindOptions(List<ShellWords.Word> command, int from, String withValue) {
        int at = from;
        while (at < command.size()) {
            String word = command.get(at).text();
            if (word.startsWith("-")) {
                boolean value = word.length() == 2 && withValue.indexOf(word.charAt(1)) >= 0;
                at += value ? 2 : 1;
            } else if (AMOUNT.matcher(word).matches()) {
                at++;
            } else {
                break;
            }
        }
        return Math.min(at, command.size());
    }

    private static String name(List<ShellWords.Word> command) {
        int first = first(command);
        String word = first == command.size() ? "" : command.get(first).text();
        return baseName(word);
    }

    private static String baseName(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    /** Judges one command; answers its name. */
    private String command(Reading reading) {
        List<ShellWords.Word> command = reading.command;
        int first = first(command);
        if (first == command.size()) {
            return "";
        }
        ShellWords.Word word = command.get(first);
        String name = name(command);
        List<String> arguments = command.subList(first + 1, command.size()).stream()
                .map(ShellWords.Word::text)
                .toList();
        if (PYTHON.matcher(name).matches()) {
            given(command.subList(first + 1, command.size()))
                    .ifPresent(code -> python.add(new Inner(code.text(), code.line(), code.column() + 1)));
        } else if (SHELLS.contains(name)) {
            given(command.subList(first + 1, command.size())).ifPresent(this::shell);
        }
        boolean fetches = FETCHERS.contains(name) || DECODERS.contains(name);
        if ((RUNNING.contains(name) && reading.fetched) || (reading.runsOutput && fetches)) {
            find(
                    "sh-pipe-to-shell",
                    Severity.HIGH,
                    word,
                    "Runs what was fetched or decoded (CWE-494).",
                    CWE + "494.html");
        }
        if (name.equals("eval")) {
            find("sh-eval", Severity.HIGH, word, "Runs text as commands (CWE-95).", CWE + "95.html");
        }
        if (RISING.contains(name)) {
            find(
                    "sh-privilege",
                    Severity.HIGH,
                    word,
                    "Asks for more rights than a run has (CWE-250).",
                    CWE + "250.html");
        }
        if (name.startsWith("mkfs")
                || (name.equals("dd") && arguments.stream().anyMatch(a -> a.startsWith("of=/dev/")))) {
            find("sh-device", Severity.HIGH, word, "Writes to a device (CWE-73).", CWE + "73.html");
        }
        if (name.equals("rm") && recursive(arguments) && arguments.stream().anyMatch(ShellScan::isRoot)) {
            find("sh-delete-root", Severity.HIGH, word, "Deletes what is not its own (CWE-73).", CWE + "73.html");
        }
        if (name.equals("chmod") && arguments.stream().anyMatch(a -> a.matches("[ugoa]*\\+[rwx]*s.*|[2467]\\d{3}"))) {
            find(
                    "sh-set-uid",
                    Severity.HIGH,
                    word,
                    "Makes a program that runs with its owner's rights (CWE-732).",
                    CWE + "732.html");
        }
        if ((name.equals("nc") || name.equals("ncat") || name.equals("socat"))
                && arguments.stream().anyMatch(a -> a.matches("-\\w*[ec]|(?i)exec:.*|--exec|--sh-exec"))) {
            find("sh-reverse-shell", Severity.HIGH, word, "Connects a shell to the network (CWE-78).", CWE + "78.html");
        }
        for (ShellWords.Word any : command) {
            if (any.text().startsWith("/dev/tcp/") || any.text().startsWith("/dev/udp/")) {
                find(
                        "sh-dev-tcp",
                        Severity.HIGH,
                        any,
                        "Opens a connection through the shell itself (CWE-78).",
                        CWE + "78.html");
            }
        }
        if (FETCHERS.contains(name)) {
            find("sh-network", Severity.MEDIUM, word, "Talks to the network (CWE-918).", CWE + "918.html");
        }
        return name;
    }

    /** The word behind {@code -c}, or behind letters among which it is ({@code -Ic}), and the options that follow. */
    private static Optional<ShellWords.Word> given(List<ShellWords.Word> arguments) {
        boolean code = false;
        boolean value = false;
        for (ShellWords.Word argument : arguments) {
            String option = argument.text();
            if (value) {
                value = false;
                continue;
            }
            if (!option.startsWith("-") && !option.startsWith("+")) {
                // busybox has its shell's name first
                if (code || !SHELLS.contains(option)) {
                    return code ? Optional.of(argument) : Optional.empty();
                }
            }
            code |= isShortOption(option, "c");
            value = VALUED.matcher(option).matches();
        }
        return Optional.empty();
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
        var inner = new ShellScan(nested + 1);
        inner.commands(words.words());
        inner.findings.stream()
                .filter(finding -> finding.severity() == Severity.HIGH)
                .map(finding -> within(script, finding))
                .forEach(findings::add);
        inner.python.forEach(code -> python.add(
                new Inner(code.code(), script.line() + code.line() - 1, column(script, code.line(), code.column()))));
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

    private static boolean recursive(List<String> arguments) {
        return arguments.stream().anyMatch(a -> a.equals("--recursive") || isShortOption(a, "rR"));
    }

    /** Letters behind one dash, one of those among them; a walk, since a pattern would try every letter again. */
    private static boolean isShortOption(String argument, String letters) {
        boolean found = false;
        for (int i = 1; i < argument.length(); i++) {
            char c = argument.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '_') {
                return false;
            }
            found |= letters.indexOf(c) >= 0;
        }
        return found && argument.charAt(0) == '-';
    }

    private static boolean isRoot(String path) {
        return path.matches(
                "/+\\*?|~/?\\*?|\\$HOME/?\\*?|\\$\\{HOME}/?\\*?|/(?:bin|boot|dev|etc|home|lib|lib64|opt|proc|root|sbin|srv|sys|usr|var)/*\\*?");
    }

    private static boolean isAssignment(String word) {
        return word.matches("[A-Za-z_]\\w*=.*");
    }

    private void find(String rule, Severity severity, ShellWords.Word at, String message, String link) {
        findings.add(new Finding(rule, severity, Confidence.MEDIUM, at.line(), at.column(), message, link));
    }
}
