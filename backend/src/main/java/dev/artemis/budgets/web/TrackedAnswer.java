package dev.artemis.budgets.web;

import dev.artemis.budgets.Admission;
import dev.artemis.budgets.AlertRaised;
import dev.artemis.budgets.LimitState;
import dev.artemis.shared.Usd;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a recorded call. */
record TrackedAnswer(
        String id,
        Usd cost,
        Usd dailyUsage,
        Usd monthlyUsage,
        @Nullable Usd dailyRemaining,
        @Nullable Usd monthlyRemaining,
        List<LimitState> limits,
        List<AlertRaised> alerts,
        boolean overBudget,
        List<Part> unpriced) {

    /** What the cost does not contain, or only with the least that is known. */
    record Part(String what, long count) {}

    static TrackedAnswer of(Admission.Tracked tracked) {
        return new TrackedAnswer(
                tracked.id().toString(),
                tracked.cost(),
                tracked.usage().dailyUsage(),
                tracked.usage().monthlyUsage(),
                tracked.usage().dailyRemaining(),
                tracked.usage().monthlyRemaining(),
                tracked.usage().limits(),
                tracked.alerts(),
                tracked.overBudget(),
                tracked.unpriced().stream()
                        .map(part -> new Part(part.what(), part.count()))
                        .toList());
    }
}
