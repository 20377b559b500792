package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Outcome.Part;
import java.util.Map;
import java.util.Set;

/** In what a hostile program may honestly end otherwise in a pod than on this machine. Whatever is not named here is the same. */
record PermittedDifference(Set<Part> parts, String why) {

    private static final PermittedDifference NONE = new PermittedDifference(Set.of(), "");

    private static final PermittedDifference A_CHILDS_ID = new PermittedDifference(
            Set.of(Part.STDERR), "its shell names its child's process id, which counts who was there before");

    private static final Map<String, PermittedDifference> ALL = Map.ofEntries(
            Map.entry("file-size-child.sh", A_CHILDS_ID),
            Map.entry("file-size-sort.sh", A_CHILDS_ID),
            Map.entry("file-size-truncate.sh", A_CHILDS_ID),
            Map.entry("file-size-unlinked.sh", A_CHILDS_ID),
            Map.entry("forged-signal-file.sh", A_CHILDS_ID),
            Map.entry("forged-memory-exit.sh", A_CHILDS_ID),
            Map.entry("forged-memory-kill.sh", A_CHILDS_ID),
            Map.entry("forged-memory-cpu.sh", A_CHILDS_ID),
            Map.entry("memory-child.sh", A_CHILDS_ID),
            Map.entry(
                    "fork-bomb.sh",
                    new PermittedDifference(
                            Set.of(Part.ENDING, Part.STDERR, Part.STDERR_TRUNCATED),
                            "which of its processes gets the last free place is chance: it ends in one of five honest ways, here too")),
            Map.entry(
                    "output-flood-two.py",
                    new PermittedDifference(
                            Set.of(Part.STDOUT),
                            "it is killed while it prints: how much of the shorter stream came before is chance")),
            Map.entry(
                    "privileges.py",
                    new PermittedDifference(
                            Set.of(Part.STDOUT),
                            "it counts the programs with another's rights: an image of ours has none")));

    static PermittedDifference of(String program) {
        return ALL.getOrDefault(program, NONE);
    }

    static Set<String> programs() {
        return ALL.keySet();
    }
}
