package dev.artemis.budgets;

import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import org.jspecify.annotations.Nullable;

/**
 * A wish to hold the most that a run can cost at the tenant's rates of this moment; the hold keeps those rates and
 * does not expire by itself: whoever owns the run settles or releases it.
 *
 * @param run names the hold too: holding twice for the same run returns the first hold
 * @param stage of the pipeline; null is "sandbox"
 * @param most the most that it can use
 */
public record RunHold(
        TenantId tenant,
        ProjectId project,
        @Nullable KeyId key,
        @Nullable UserId member,
        RunId run,
        @Nullable String stage,
        @Nullable String card,
        ComputeUsage most) {}
