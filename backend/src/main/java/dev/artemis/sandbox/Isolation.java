package dev.artemis.sandbox;

import dev.artemis.configuration.Finding;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a sandbox holds, in words for people who must decide whether to trust it.
 *
 * @param strength whether code may run at all
 * @param holds such as "no network (own network namespace)"
 * @param lacks such as "memory: no writable cgroup, limits per process instead"
 */
public record Isolation(Strength strength, List<String> holds, List<String> lacks) {

    /** Whether, and how well, runs are held. */
    public enum Strength {
        /** All limits and walls hold. */
        FULL,
        /** The walls hold; some limits are weaker, see lacks. */
        PARTIAL,
        /** Nothing runs: see lacks for what to do. */
        NONE;

        /** The weaker of two: what is not held in one of them is not held. */
        Strength and(Strength other) {
            return switch (this) {
                case FULL -> other;
                case PARTIAL -> other == NONE ? NONE : PARTIAL;
                case NONE -> NONE;
            };
        }
    }

    public Isolation {
        holds = List.copyOf(holds);
        lacks = List.copyOf(lacks);
    }

    /** Of two sandboxes together: what holds in both, and what either lacks. */
    public Isolation and(Isolation other) {
        List<String> both = holds.stream().filter(other.holds::contains).toList();
        List<String> either =
                Stream.concat(lacks.stream(), other.lacks.stream()).distinct().toList();
        return new Isolation(strength.and(other.strength), both, either);
    }

    /** The same with one more thing that it lacks. */
    public Isolation lacking(String what) {
        return new Isolation(
                strength.and(Strength.PARTIAL),
                holds,
                Stream.concat(lacks.stream(), Stream.of(what)).toList());
    }

    /** The same as a line of the start-up report. @param backend whose isolation it is */
    public Finding finding(String subject, String backend) {
        String missing = String.join("; ", lacks);
        return switch (strength) {
            case FULL -> Finding.pass(subject, backend + ": every limit holds");
            case PARTIAL -> Finding.warn(subject, backend + ": runs are held, with weaker limits", missing);
            case NONE ->
                Finding.warn(subject, backend + ": runs cannot be held here, so none is taken", sentence(missing));
        };
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
