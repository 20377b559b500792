package dev.artemis.scanning;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One command, as it is written. */
final class ShellCommand {

    /** How long, how nice, on which processors: what stands before the command that is wrapped. */
    private static final Pattern AMOUNT = Pattern.compile("[0-9][0-9a-fx.,-]{0,20}[smhd]?");

    /** Options of shells and of Python that take the next word. */
    private static final Pattern VALUED = Pattern.compile("[-+][A-Za-z]{0,20}[oOWX]|--rcfile|--init-file");

    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_]\\w*\\+?=");

    /** What a program that is given nothing to run reads. */
    private static final Set<String> INPUT = Set.of("", "-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");

    /** Options with which an interpreter is given what it runs, or a file of it: then its input is data. */
    private static final Pattern GIVEN = Pattern.compile("-[A-Za-z]*[cmeEprRBF]|--eval|--print|--require");

    private static final Pattern CHARACTERS_BY_NUMBER = Pattern.compile("\\\\(?:x[0-9a-fA-F]|[0-7]{2}|u[0-9a-fA-F])");

    private static final int MOST_OPTIONS = 100;

    private final List<ShellWords.Word> words;
    private final int first;
    private final String name;

    /** @param words of it, what its redirections name left out */
    ShellCommand(List<ShellWords.Word> words) {
        this.words = words;
        this.first = lookedUp();
        this.name =
                first == words.size() ? "" : ShellNames.base(words.get(first).text());
    }

    List<ShellWords.Word> words() {
        return words;
    }

    /** Of the word that says what is run; the number of words where none does. */
    int first() {
        return first;
    }

    private int lookedUp() {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at).text();
            String options = ShellNames.WRAPPING.get(ShellNames.base(word));
            if (options != null && !asksOnly(at)) {
                at = behindOptions(at + 1, options);
                if (ShellNames.base(word).equals("flock") && at < words.size()) {
                    // the file that is locked
                    at = behindOptions(at + 1, options);
                }
            } else if (ShellNames.TRANSPARENT.contains(word) || isAssignment(word)) {
                at++;
            } else {
                return at;
            }
        }
        return at;
    }

    /** {@code command -v sudo} runs nothing. */
    private boolean asksOnly(int at) {
        return at + 1 < words.size()
                && words.get(at).text().equals("command")
                && isShortOption(words.get(at + 1).text(), "vV");
    }

    private int behindOptions(int from, String withValue) {
        int at = from;
        while (at < words.size()) {
            String word = words.get(at).text();
            if (word.startsWith("-")) {
                boolean value = word.length() == 2 && withValue.indexOf(word.charAt(1)) >= 0;
                at += value ? 2 : 1;
            } else if (AMOUNT.matcher(word).matches()) {
                at++;
            } else {
                break;
            }
        }
        return Math.min(at, words.size());
    }

    /** What is run, without its folder; empty where nothing is. */
    String name() {
        return name;
    }

    /** What stands behind the name. */
    List<ShellWords.Word> arguments() {
        return first == words.size() ? List.of() : words.subList(first + 1, words.size());
    }

    /** Those of the words that assign something: before the name, or behind {@code export} and the like. */
    List<ShellWords.Word> assignments() {
        boolean all = first == words.size() || ShellNames.ASSIGNING.contains(name);
        return words.subList(0, all ? words.size() : first).stream()
                .filter(word -> isAssignment(word.text()))
                .toList();
    }

    /** The word behind {@code -c}, or behind letters among which it is ({@code -Ic}), and the options that follow. */
    Optional<ShellWords.Word> given() {
        boolean code = false;
        boolean value = false;
        for (ShellWords.Word argument : arguments()) {
            String option = argument.text();
            if (value) {
                value = false;
                continue;
            }
            if (!option.startsWith("-") && !option.startsWith("+")) {
                // busybox has its shell's name first
                if (code || !ShellNames.SHELLS.contains(option)) {
                    return code ? Optional.of(argument) : Optional.empty();
                }
            }
            code |= isShortOption(option, "c");
            value = VALUED.matcher(option).matches();
        }
        return Optional.empty();
    }

    /** Whether it runs what comes to it through a pipe: it is given no code, and no file of it. */
    boolean runsItsInput() {
        if (!ShellNames.RUNNING.contains(name)
                        && !ShellNames.PYTHON.matcher(name).matches()
                || name.equals("eval")) {
            return false;
        }
        boolean shell = ShellNames.SHELLS.contains(name);
        boolean value = false;
        for (ShellWords.Word argument : arguments()) {
            String text = argument.text();
            if (value) {
                value = false;
            } else if (INPUT.contains(text)) {
                return true;
            } else if (!text.startsWith("-") && !text.startsWith("+")) {
                // busybox has its shell's name first
                if (!shell || !ShellNames.SHELLS.contains(text)) {
                    return false;
                }
            } else if (shell && isShortOption(text, "s")) {
                return true;
            } else if (shell ? isShortOption(text, "c") : GIVEN.matcher(text).matches()) {
                return false;
            } else {
                value = VALUED.matcher(text).matches();
            }
        }
        return !name.equals("source") && !name.equals(".");
    }

    /** Whether the next word is code that is run: {@code sh -c …}, {@code eval …}. */
    boolean runsNextWord() {
        if (!ShellNames.RUNNING.contains(name)) {
            return false;
        }
        String last = words.getLast().text();
        return name.equals("eval") || last.equals("-e") || isShortOption(last, "c");
    }

    /** Whether the next word is a file that is run: {@code bash …}, {@code source …}. */
    boolean runsNextFile() {
        return ShellNames.RUNNING.contains(name)
                // nobody gives as many to hide a script behind them
                && (arguments().size() > MOST_OPTIONS
                        || arguments().stream().allMatch(word -> word.text().startsWith("-")));
    }

    /** {@code printf '\x73\x68'}. */
    boolean printsByNumber() {
        return (name.equals("printf") || name.equals("echo"))
                && arguments().stream()
                        .anyMatch(word ->
                                CHARACTERS_BY_NUMBER.matcher(word.text()).find());
    }

    /** What {@code echo} and {@code printf} print, as one word where the first of it stands. */
    Optional<ShellWords.Word> said() {
        List<ShellWords.Word> printed = arguments();
        if (printed.isEmpty() || !(name.equals("printf") || name.equals("echo"))) {
            return Optional.empty();
        }
        return Optional.of(printed.getFirst()
                .saying(printed.stream()
                        .map(ShellWords.Word::text)
                        .filter(text -> !text.matches("-[neE]+"))
                        .collect(Collectors.joining(" "))));
    }

    /** Letters behind one dash, one of those among them; a walk, since a pattern would try every letter again. */
    static boolean isShortOption(String argument, String letters) {
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

    static boolean isAssignment(String word) {
        return ASSIGNMENT.matcher(word).lookingAt();
    }
}
