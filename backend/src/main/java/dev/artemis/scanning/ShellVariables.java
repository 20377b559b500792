package dev.artemis.scanning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What plain assignments say that names stand for: {@code S=sudo; $S id}. What a shell assembles otherwise is not followed. */
final class ShellVariables {

    private static final Pattern NAME = Pattern.compile("\\$(?:\\{([A-Za-z_]\\w*)}|([A-Za-z_]\\w*))");
    private static final Pattern BRACES = Pattern.compile("\\{([^,{}]+)(?:,[^,{}]*)+}");
    private static final int LONGEST = 200;

    /** Characters that are made of a script's words. */
    private static final int MOST_MADE = 1_000_000;

    private final Map<String, String> values = new HashMap<>(Map.of("IFS", " "));
    private int made;

    /** Takes down {@code NAME=value}. */
    void assigned(String assignment) {
        int equals = assignment.indexOf('=');
        String value = assignment.substring(equals + 1);
        if (value.length() <= LONGEST) {
            values.put(assignment.substring(0, equals), value);
        }
    }

    /** A command's words, with what is known in the place of names. */
    List<ShellWords.Word> filled(List<ShellWords.Word> command) {
        if (command.stream().noneMatch(word -> isMade(word.text()))) {
            return command;
        }
        List<ShellWords.Word> filled = new ArrayList<>();
        for (ShellWords.Word word : command) {
            String text = isMade(word.text()) && made < MOST_MADE ? filled(word.text()) : word.text();
            if (text.equals(word.text())) {
                filled.add(word);
                continue;
            }
            made += text.length();
            if (ShellCommand.isAssignment(text)) {
                filled.add(word.saying(text));
            } else {
                text.strip()
                        .lines()
                        .flatMap(line -> Arrays.stream(line.split("[ \t]+")))
                        .map(word::saying)
                        .forEach(filled::add);
            }
        }
        return filled;
    }

    private static boolean isMade(String text) {
        return text.length() <= LONGEST && (text.indexOf('$') >= 0 || text.startsWith("{"));
    }

    private String filled(String text) {
        Matcher braces = BRACES.matcher(text);
        if (braces.matches()) {
            return text.substring(1, text.length() - 1).replace(',', ' ');
        }
        Matcher names = NAME.matcher(text);
        var filled = new StringBuilder();
        while (names.find()) {
            String value = values.get(names.group(1) == null ? names.group(2) : names.group(1));
            names.appendReplacement(filled, Matcher.quoteReplacement(value == null ? names.group() : value));
        }
        return names.appendTail(filled).toString();
    }
}
