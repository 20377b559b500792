package dev.artemis.runs;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Loss;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why a run moved, for whoever submitted it: our words and what is known of the run itself, never those of a cluster or an engine. */
final class TeamWords {

    private static final Map<String, String> WORDS = Stream.concat(
                    Arrays.stream(Failure.values()).map(one -> Map.entry(one.name(), one.words())),
                    Arrays.stream(Loss.values()).map(one -> Map.entry(one.name(), one.words())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private TeamWords() {}

    /**
     * One line; null where nothing failed.
     *
     * @param detail our word for it, as the news has it
     * @param ofTheRun what is known of the run itself
     */
    static @Nullable String of(@Nullable String detail, @Nullable String ofTheRun) {
        String words = detail == null ? null : WORDS.get(detail);
        return words == null || ofTheRun == null ? words : words + " (" + ofTheRun + ")";
    }
}
