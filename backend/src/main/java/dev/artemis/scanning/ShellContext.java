package dev.artemis.scanning;

import java.util.List;

/** In what the commands of a script stand where words and operators are no commands: patterns of a case, arrays, tests. */
final class ShellContext {

    /** Of one test. */
    private static final int MOST_OPERATORS = 100;

    private int cases;
    private boolean pattern;
    private boolean array;
    private int tested;

    /**
     * Whether what was read to an operator is no command of its own: then it is left out of the command's words, or goes on
     * behind the operator.
     */
    boolean goesOn(List<ShellWords.Word> command, String operator) {
        if (operator.equals(ShellWords.CLOSE)) {
            return false;
        }
        if (isKeyword(command, "[[")
                && command.stream().noneMatch(word -> word.text().equals("]]"))) {
            return ++tested % MOST_OPERATORS != 0 && !operator.equals("\n") && !operator.equals(";");
        }
        if (array || (operator.equals("(") && beginsArray(command))) {
            array = !operator.equals(")");
            command.clear();
            return true;
        }
        if (isKeyword(command, "case")
                && command.stream().anyMatch(word -> word.text().equals("in"))) {
            cases++;
            pattern = true;
        } else if (cases > 0 && isKeyword(command, "esac")) {
            cases--;
            pattern = false;
            return false;
        } else if (operator.equals(";;") || (operator.equals("&") && command.isEmpty() && cases > 0)) {
            boolean before = pattern;
            pattern = cases > 0;
            return before;
        }
        if (!pattern) {
            return false;
        }
        pattern = !operator.equals(")");
        command.clear();
        return true;
    }

    private static boolean beginsArray(List<ShellWords.Word> command) {
        return !command.isEmpty() && command.getLast().text().matches("[A-Za-z_]\\w*\\+?=");
    }

    private static boolean isKeyword(List<ShellWords.Word> command, String keyword) {
        int first = new ShellCommand(command).first();
        return first < command.size()
                && command.get(first).kind() == ShellWords.Kind.WORD
                && command.get(first).text().equals(keyword);
    }
}
