package dev.artemis.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one process of the platform does; by default all of it. Setting {@code artemis.roles}. */
public enum ServerRole {
    /** Answers programs. */
    API,
    /** Starts runs, sweeps, sends. */
    WORKER,
    /** Shows pages. */
    UI;

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
