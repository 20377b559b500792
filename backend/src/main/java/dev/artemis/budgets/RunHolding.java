package dev.artemis.budgets;

import dev.artemis.shared.Usd;

/** Whether a run's money is held. */
public sealed interface RunHolding {

    /** It is, as US dollars. */
    record Held(Usd amount) implements RunHolding {}

    /** It would cross a limit; nothing is held. */
    record Refused(Admission.Refused refusal) implements RunHolding {}

    /** The tenant is suspended; nothing is held. */
    record Suspended() implements RunHolding {}
}
