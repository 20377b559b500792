package dev.artemis.reports;

import dev.artemis.shared.Usd;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One group of a breakdown.
 *
 * @param group each dimension that was asked for, in that order, with its value; empty where the entries have none
 * @param cpuSeconds of sandbox runs
 * @param gibSeconds of sandbox runs
 * @param cost US dollars, exact
 */
public record CostLine(
        Map<Dimension, String> group,
        long calls,
        long tokensInput,
        long tokensCacheRead,
        long tokensCacheWrite,
        long tokensOutput,
        long runs,
        BigDecimal cpuSeconds,
        BigDecimal gibSeconds,
        Usd cost) {

    public CostLine {
        group = group instanceof Group ? group : Collections.unmodifiableMap(new LinkedHashMap<>(group));
    }

    /** A group of which nothing was spent. */
    static CostLine nothing(Map<Dimension, String> group) {
        return new CostLine(group, 0, 0, 0, 0, 0, 0, BigDecimal.ZERO, BigDecimal.ZERO, Usd.ZERO);
    }

    /** The same sums under some of its dimensions. */
    CostLine by(List<Dimension> some) {
        String[] values = some.stream()
                .map(dimension -> Objects.requireNonNull(group.get(dimension)))
                .toArray(String[]::new);
        return new CostLine(
                new Group(some, values),
                calls,
                tokensInput,
                tokensCacheRead,
                tokensCacheWrite,
                tokensOutput,
                runs,
                cpuSeconds,
                gibSeconds,
                cost);
    }

    /** The sums of two lines of the same group. */
    CostLine plus(CostLine other) {
        return new CostLine(
                group,
                calls + other.calls,
                tokensInput + other.tokensInput,
                tokensCacheRead + other.tokensCacheRead,
                tokensCacheWrite + other.tokensCacheWrite,
                tokensOutput + other.tokensOutput,
                runs + other.runs,
                cpuSeconds.add(other.cpuSeconds),
                gibSeconds.add(other.gibSeconds),
                cost.plus(other.cost));
    }
}
