package dev.artemis.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;

/** What one process of the platform does; by default all of it. Setting {@code artemis.roles}. */
public enum ServerRole {
    /** Answers programs. */
    API,
    /** Starts runs, sweeps, sends. */
    WORKER,
    /** Shows pages. */
    UI;

    /** Those of this process, by its settings. */
    public static Set<ServerRole> of(Environment environment) {
        return names(environment.getProperty("artemis.roles", "api,worker,ui")).stream()
                .flatMap(name -> named(name).stream())
                .collect(Collectors.toSet());
    }

    static Optional<ServerRole> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    static List<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
