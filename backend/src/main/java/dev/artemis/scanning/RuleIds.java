package dev.artemis.scanning;

import dev.artemis.scanning.python.PythonRuleIds;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ids of all rules that a finding may name, and so a policy may excuse. */
public final class RuleIds {

    /** A file that no scanner reads. */
    public static final String FILE_COMPILED = "file-compiled";

    /** A file that is larger than code may be. */
    public static final String FILE_TOO_LARGE = "file-too-large";

    /** A variable with which an interpreter loads something else first. */
    public static final String ENV_LOADS_CODE = "env-loads-code";

    static final String FILE_UNPARSABLE = "file-unparsable";

    private static final Set<String> ALL = Stream.of(
                    Set.of(FILE_COMPILED, FILE_TOO_LARGE, ENV_LOADS_CODE, FILE_UNPARSABLE),
                    PythonRuleIds.ALL,
                    ShellScan.RULES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private RuleIds() {}

    /** Every one. */
    public static Set<String> all() {
        return ALL;
    }
}
