package dev.artemis.runs.web;

import dev.artemis.runs.RunStatus;
import dev.artemis.shared.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Statuses of runs as a request names them. */
final class AskedStatuses {

    private AskedStatuses() {}

    /** None where none is named. @throws Problem 422: one that there is not */
    static Set<RunStatus> of(@Nullable List<String> wanted) {
        return wanted == null
                ? Set.of()
                : wanted.stream().map(AskedStatuses::status).collect(Collectors.toSet());
    }

    private static RunStatus status(String text) {
        return Arrays.stream(RunStatus.values())
                .filter(status -> status.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> Problem.notAllowed(
                        "status",
                        Arrays.stream(RunStatus.values()).map(RunStatus::name).collect(Collectors.joining(", "))));
    }
}
