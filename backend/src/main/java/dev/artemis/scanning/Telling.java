package dev.artemis.scanning;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which findings are told where not all can be: that something is not its language before what the policy blocks, that
 * before the rest, the more severe first.
 *
 * @param block severities that block
 */
public record Telling(Set<Severity> block) {

    private static final Comparator<Finding> BY_PLACE = Comparator.comparingInt(Finding::line)
            .thenComparingInt(Finding::column)
            .thenComparing(Finding::rule);

    public Telling {
        block = Set.copyOf(block);
    }

    /** @param severities that block, by their names */
    public static Telling by(Collection<String> severities) {
        return new Telling(severities.stream().map(Severity::of).collect(Collectors.toSet()));
    }

    /** That many at most, by line and column. */
    public List<Finding> of(List<Finding> all, int most) {
        Comparator<Finding> byWeight = Comparator.comparing((Finding finding) -> !RuleIds.isUnparsable(finding.rule()))
                .thenComparing(finding -> !block.contains(finding.severity()))
                .thenComparing(Finding::severity, Comparator.reverseOrder());
        return all.stream()
                .sorted(byWeight.thenComparing(BY_PLACE))
                .limit(most)
                .sorted(BY_PLACE)
                .toList();
    }
}
