package dev.artemis.reports;

import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import org.jspecify.annotations.Nullable;

/** One part of the statistics. Modules that count something of their own add a bean. */
public interface StatisticsSection {

    /** Its name in the answer, such as "security_sandbox". */
    String name();

    /**
     * Its figures, as a value that JSON can show.
     *
     * @param project null: the whole tenant
     */
    Object figures(TenantId tenant, @Nullable ProjectId project);
}
