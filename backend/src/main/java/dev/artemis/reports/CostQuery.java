package dev.artemis.reports;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which costs, and by what.
 *
 * @param project null: all of the tenant's
 * @param by in the order of the lines' groups and their sorting; empty: one line of all
 */
public record CostQuery(TenantId tenant, @Nullable ProjectId project, Span span, List<Dimension> by) {

    private static final Set<Dimension> OF_CARDS =
            EnumSet.of(Dimension.TENANT, Dimension.PROJECT, Dimension.CARD, Dimension.DAY, Dimension.MONTH);

    public CostQuery {
        by = by.stream().distinct().toList();
    }

    /** Where its sums are read from: the smallest that knows all its dimensions. */
    Source source() {
        return switch (span) {
            case Span.Stretch _ -> Source.ENTRIES;
            case Span.Days _ -> {
                if (!by.contains(Dimension.CARD)) {
                    yield Source.USAGE_BY_DAY;
                }
                yield OF_CARDS.containsAll(by) ? Source.USAGE_BY_CARD : Source.ENTRIES;
            }
        };
    }

    enum Source {
        USAGE_BY_DAY,
        USAGE_BY_CARD,
        ENTRIES
    }
}
