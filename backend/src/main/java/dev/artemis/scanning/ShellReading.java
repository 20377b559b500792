package dev.artemis.scanning;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A command that is being read, and the pipe it stands in. */
final class ShellReading {
    final List<ShellWords.Word> command = new ArrayList<>();
    final List<ShellWords.Word> redirections = new ArrayList<>();
    /** What runs the output of its commands; empty: nothing. */
    final String runner;

    final ShellContext context = new ShellContext();

    /** Whether a command before it in its pipe fetches or decodes. */
    boolean fetched;

    /** What a command before it in its pipe prints, word by word. */
    Optional<ShellWords.Word> said = Optional.empty();

    /** Whether one within its words does. */
    boolean fetchedWithin;

    /** Whether any so far did. */
    boolean fetchedEver;

    ShellReading(String runner) {
        this.runner = runner;
    }

    /** What the command so far runs. */
    String name() {
        return new ShellCommand(command).name();
    }

    /** Whether what is made next, as a word or as a file, is code that the command so far runs. */
    boolean runsNext(String operator) {
        if (command.isEmpty()) {
            return false;
        }
        var so = new ShellCommand(command);
        if (operator.equals(ShellWords.OPEN_FILE)) {
            return so.runsNextFile();
        }
        boolean fed = !redirections.isEmpty()
                && redirections.getLast().kind() == ShellWords.Kind.FED
                && redirections.getLast().text().isEmpty();
        return so.runsNextWord() || (fed && so.runsItsInput());
    }

    void add(ShellWords.Word word) {
        (word.isOfCommand() ? command : redirections).add(word);
    }

    void clear() {
        command.clear();
        redirections.clear();
    }
}
