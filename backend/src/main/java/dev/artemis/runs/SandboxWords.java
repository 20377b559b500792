package dev.artemis.runs;

import dev.artemis.sandbox.Observation;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a sandbox said of a start that failed or of a loss: each one line of at most 500 characters.
 *
 * @param forOperators its own words, which may name what is no team's business
 * @param forTheTeam what whoever submitted the run should know beyond our word for it
 */
record SandboxWords(@Nullable String forOperators, @Nullable String forTheTeam) {

    private static final int MOST = 500;

    /** Empty where nothing failed. */
    static Optional<SandboxWords> of(Observation observation) {
        return switch (observation) {
            case Observation.Failed failed ->
                Optional.of(new SandboxWords(line(failed.detail()), line(failed.ofTheRun())));
            case Observation.Lost lost -> Optional.of(new SandboxWords(line(lost.detail()), null));
            case Observation.Accepted accepted -> Optional.empty();
            case Observation.Started started -> Optional.empty();
            case Observation.Output output -> Optional.empty();
            case Observation.Finished finished -> Optional.empty();
        };
    }

    private static @Nullable String line(String said) {
        String line = said.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ").strip();
        if (line.isEmpty()) {
            return null;
        }
        int end = line.codePointCount(0, line.length()) <= MOST ? line.length() : line.offsetByCodePoints(0, MOST - 1);
        return end == line.length() ? line : line.substring(0, end) + "…";
    }
}
