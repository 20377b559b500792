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

    void add(ShellWords.Word word) {
        (word.isOfCommand() ? command : redirections).add(word);
    }

    void clear() {
        command.clear();
        redirections.clear();
    }
}
