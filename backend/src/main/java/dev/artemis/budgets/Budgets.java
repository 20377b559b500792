package dev.artemis.budgets;

import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** May this be spent? Decides, records, and tells where budgets stand. */
@Service
public class Budgets {

    /** Prices a call and records it, unless it is refused. Returns after the commit. */
    public Admission track(Caller.ForProject caller, CallSpending call) {
        throw new UnsupportedOperationException();
    }

    /** Holds the most that a run can cost; joins the transaction of its tenant that runs already. */
    public RunHolding holdForRun(RunHold hold) {
        throw new UnsupportedOperationException();
    }

    /**
     * Charges what a run used at the rates of its hold, at most what was held, and gives back the rest; joins the
     * transaction of its tenant. A repeat returns the first answer.
     *
     * @return what was charged, US dollars
     * @throws IllegalStateException nothing is held for that run, or it was given back
     */
    public Usd settleRun(TenantId tenant, RunId run, ComputeUsage used) {
        throw new UnsupportedOperationException();
    }

    /** Gives back what is held for a run that cost nothing; joins the transaction of its tenant. Harmless when repeated. */
    public void releaseRun(TenantId tenant, RunId run) {
        throw new UnsupportedOperationException();
    }

    /** Where a tenant's windows stand now, and those of a project and a key of it where they are named. */
    public BudgetStatus status(TenantId tenant, @Nullable ProjectId project, @Nullable KeyId key) {
        throw new UnsupportedOperationException();
    }

    /** The limits of one level; {@link Limits#NONE} where none were set. */
    public Limits limits(TenantId tenant, Level level) {
        throw new UnsupportedOperationException();
    }

    /** Sets the limits of one level; seen by every admission that begins after the return. */
    public void setLimits(TenantId tenant, Level level, Limits limits) {
        throw new UnsupportedOperationException();
    }
}
