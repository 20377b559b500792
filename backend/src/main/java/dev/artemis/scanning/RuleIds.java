package dev.artemis.scanning;

import dev.artemis.scanning.python.PythonRuleIds;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ids of all rules that a policy may excuse. What cannot be parsed nobody excuses. */
public final class RuleIds {

    /** A file that no scanner reads. */
    public static final String FILE_COMPILED = "file-compiled";

    /** A file that is larger than code may be. */
    public static final String FILE_TOO_LARGE = "file-too-large";

    /** A variable with which an interpreter loads something else first. */
    public static final String ENV_LOADS_CODE = "env-loads-code";

    static final String FILE_UNPARSABLE = "file-unparsable";
    static final String CODE_UNPARSABLE = "code-unparsable";
    static final String CODE_UNSCANNED = "code-unscanned";

    private static final Set<String> ALL = Stream.of(
                    Set.of(FILE_COMPILED, FILE_TOO_LARGE, ENV_LOADS_CODE, CODE_UNSCANNED),
                    PythonRuleIds.ALL,
                    ShellScan.RULES)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private RuleIds() {}

    /** Whether a finding of that rule says that code is not the language that it claims to be. */
    public static boolean isUnparsable(String rule) {
        return rule.equals(CODE_UNPARSABLE) || rule.equals(FILE_UNPARSABLE);
    }

    /** Every one. */
    public static Set<String> all() {
        return ALL;
    }
}
