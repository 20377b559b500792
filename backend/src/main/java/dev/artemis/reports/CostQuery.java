package dev.artemis.reports;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which costs, and by what.
 *
 * @param project null: all of the tenant's
 * @param by in the order of the lines' groups and their sorting; empty: one line of all
 * @param only what is left out unless it has these values, as breakdowns name them
 */
public record CostQuery(
        TenantId tenant, @Nullable ProjectId project, Span span, List<Dimension> by, Map<Dimension, String> only) {

    private static final Set<Dimension> OF_CARDS =
            EnumSet.of(Dimension.TENANT, Dimension.PROJECT, Dimension.CARD, Dimension.DAY, Dimension.MONTH);

    /** Dimensions whose values costs can be narrowed to. */
    public static final Set<Dimension> NARROWING = EnumSet.of(
            Dimension.STAGE, Dimension.MODEL, Dimension.PROVIDER, Dimension.CARD, Dimension.KEY, Dimension.MEMBER);

    /** @throws IllegalArgumentException narrowed to something else */
    public CostQuery {
        by = by.stream().distinct().toList();
        only = Map.copyOf(only);
        if (!NARROWING.containsAll(only.keySet())) {
            throw new IllegalArgumentException("costs are narrowed to any of " + NARROWING);
        }
    }

    public CostQuery(TenantId tenant, @Nullable ProjectId project, Span span, List<Dimension> by) {
        this(tenant, project, span, by, Map.of());
    }

    /** Where its sums are read from: the smallest that knows all its dimensions. */
    Source source() {
        return switch (span) {
            case Span.Stretch _ -> Source.ENTRIES;
            case Span.Days _ -> {
                Set<Dimension> needed = EnumSet.noneOf(Dimension.class);
                needed.addAll(by);
                needed.addAll(only.keySet());
                if (!needed.contains(Dimension.CARD)) {
                    yield Source.USAGE_BY_DAY;
                }
                yield OF_CARDS.containsAll(needed) ? Source.USAGE_BY_CARD : Source.ENTRIES;
            }
        };
    }

    enum Source {
        USAGE_BY_DAY,
        USAGE_BY_CARD,
        ENTRIES
    }
}
