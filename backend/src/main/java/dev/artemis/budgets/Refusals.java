package dev.artemis.budgets;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.shared.Problem;
import java.util.Map;

/** What is said, to programs and on pages, of an admission that is none. */
public final class Refusals {

    private Refusals() {}

    public static Problem of(Admission.Refused refused) {
        LimitState limit = refused.limit();
        return Problem.of(
                        402,
                        "budget-exceeded",
                        "The " + limit.period() + " limit of the " + limit.scope() + " would be exceeded.")
                .with(Map.of(
                        "scope", limit.scope(),
                        "period", limit.period(),
                        "limit", limit.limit(),
                        "used", limit.used(),
                        "reserved", limit.reserved(),
                        "requested", refused.requested(),
                        "resets_at", limit.resetsAt()));
    }

    public static Problem of(Admission.Unpriced unpriced) {
        return Problem.of(422, "unpriced-model", unpriced.why());
    }

    public static Problem suspended() {
        return Problem.of(403, "tenant-suspended", "This team is suspended: it may not spend.");
    }

    /** The refusal of an admission that the handler has no answer of its own for. */
    public static Problem of(Admission admission) {
        return switch (admission) {
            case Admission.Refused refused -> of(refused);
            case Admission.Unpriced unpriced -> of(unpriced);
            case Admission.Suspended _ -> suspended();
            case Admission.NotAllowed(String field, String why) -> Problem.notAllowed(field, why);
            case Admission.UnknownHold _ -> Problem.notFound("The reservation");
            case Admission.AlreadyReleased _ ->
                Problem.of(409, "reservation-released", "The reservation was released and cannot be settled.");
            case Admission.AlreadySettled _ ->
                Problem.of(409, "reservation-settled", "The reservation was settled and cannot be released.");
            case Admission.KeyConflict _ -> Idempotency.conflict();
            case Admission.Tracked _, Admission.Held _, Admission.Released _, Admission.Replayed _ ->
                throw new IllegalArgumentException("Not a refusal: " + admission);
        };
    }
}
