package dev.artemis.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What whoever submitted a program sees of its end, to be held against the same of another sandbox; measures are not part of it. */
public record Outcome(Map<Part, String> parts) {

    /** One thing that is seen. */
    public enum Part {
        /** State, kill reason, exit code or signal. */
        ENDING,
        /** What was kept of standard output. */
        STDOUT,
        STDERR,
        /** Whether anything of it was dropped. */
        STDOUT_TRUNCATED,
        STDERR_TRUNCATED
    }

    public Outcome {
        parts = Map.copyOf(parts);
    }

    /** Of a run that has ended. */
    public static Outcome of(Result result, byte[] stdout, byte[] stderr) {
        Map<Part, String> parts = new EnumMap<>(Part.class);
        parts.put(Part.ENDING, HostileProgram.ending(result));
        parts.put(Part.STDOUT, new String(stdout, StandardCharsets.ISO_8859_1));
        parts.put(Part.STDERR, new String(stderr, StandardCharsets.ISO_8859_1));
        parts.put(Part.STDOUT_TRUNCATED, Boolean.toString(result.stdout().truncated()));
        parts.put(Part.STDERR_TRUNCATED, Boolean.toString(result.stderr().truncated()));
        return new Outcome(parts);
    }

    /** The same without what may differ. */
    public Outcome without(Set<Part> some) {
        Map<Part, String> rest = new EnumMap<>(parts);
        some.forEach(rest::remove);
        return new Outcome(rest);
    }
}
