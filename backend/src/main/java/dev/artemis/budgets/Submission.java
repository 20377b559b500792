package dev.artemis.budgets;

import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one caller asks for at once: orders that are decided one after the other and share an answer.
 *
 * @param request the key under which the answer is kept
 * @param answer renders what a repeat will get; null keeps nothing, as for refusals
 */
record Submission(
        List<Order> orders, IdempotentRequest request, Function<List<Admission>, @Nullable KeptAnswer> answer) {

    Submission {
        orders = List.copyOf(orders);
    }

    /** One that no key repeats. */
    static Submission once(Order order) {
        return new Submission(List.of(order), IdempotentRequest.never(), admissions -> null);
    }
}
