package dev.artemis.runs;

import dev.artemis.sandbox.Observation;
import java.util.Optional;

/** What a sandbox said of a start that failed or of a loss, in words that a person can act on: one line of at most 500 characters. */
final class SandboxWords {

    private static final int MOST = 500;

    private SandboxWords() {}

    static Optional<String> of(Observation observation) {
        return switch (observation) {
            case Observation.Failed failed -> line(failed.detail());
            case Observation.Lost lost -> line(lost.detail());
            case Observation.Accepted accepted -> Optional.empty();
            case Observation.Started started -> Optional.empty();
            case Observation.Output output -> Optional.empty();
            case Observation.Finished finished -> Optional.empty();
        };
    }

    private static Optional<String> line(String said) {
        String line = said.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        int end = line.codePointCount(0, line.length()) <= MOST ? line.length() : line.offsetByCodePoints(0, MOST - 1);
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of(end == line.length() ? line : line.substring(0, end) + "…");
    }
}
