package dev.artemis.reports;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Costs of one tenant, broken down. */
@Service
public class Costs {

    /**
     * Sums what was spent.
     *
     * @param project null: all of the tenant's
     * @param by at least one dimension, in the order of the lines' groups and their sorting
     */
    public Breakdown breakdown(TenantId tenant, @Nullable ProjectId project, Span span, List<Dimension> by) {
        throw new UnsupportedOperationException();
    }
}
