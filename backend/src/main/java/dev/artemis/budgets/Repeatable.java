package dev.artemis.budgets;

import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A money write that may come again.
 *
 * @param request who asks and under which idempotency key
 * @param answer renders what a repeat will get, kept in the transaction that spends; null keeps nothing, as for refusals
 */
public record Repeatable(IdempotentRequest request, Function<List<Admission>, @Nullable KeptAnswer> answer) {

    /** For work that no program repeats. */
    public static final Repeatable NEVER = new Repeatable(IdempotentRequest.never(), admissions -> null);
}
