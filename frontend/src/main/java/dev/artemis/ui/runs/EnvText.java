package dev.artemis.ui.runs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An environment as people type it: a line for each variable, NAME=value. */
final class EnvText {

    private EnvText() {}

    /** The variables; empty where a line is none. Blank lines are nothing. */
    static Optional<Map<String, String>> parsed(String text) {
        Map<String, String> env = new LinkedHashMap<>();
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            int equals = line.indexOf('=');
            if (equals < 1) {
                return Optional.empty();
            }
            env.put(line.substring(0, equals).strip(), line.substring(equals + 1));
        }
        return Optional.of(env);
    }

    /** The same as text, by name. */
    static String of(Map<String, String> env) {
        return new TreeMap<>(env)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n"));
    }
}
