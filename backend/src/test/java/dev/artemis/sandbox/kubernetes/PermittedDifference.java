package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Outcome.Part;
import java.util.Map;
import java.util.Set;

/** In what a hostile program may honestly end otherwise in a pod than on this machine. Whatever is not named here is the same. */
record PermittedDifference(Set<Part> parts, String why) {

    private static final PermittedDifference NONE = new PermittedDifference(Set.of(), "");

    private static final Map<String, PermittedDifference> ALL = Map.of();

    static PermittedDifference of(String program) {
        return ALL.getOrDefault(program, NONE);
    }

    static Set<String> programs() {
        return ALL.keySet();
    }
}
