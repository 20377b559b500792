package dev.artemis.scanning;

import java.util.EnumSet;
import java.util.Set;

/**
 * A project's policy, as the scanner needs it.
 *
 * @param block severities that block
 * @param allow ids of rules that are not reported at all
 */
public record ScanRules(Set<Severity> block, Set<String> allow) {

    /** High findings block, no rule is excused. */
    public static final ScanRules DEFAULT = new ScanRules(EnumSet.of(Severity.HIGH), Set.of());

    public ScanRules {
        block = Set.copyOf(block);
        allow = Set.copyOf(allow);
    }
}
