package dev.artemis.budgets.web;

import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Refusals;
import dev.artemis.budgets.Repeatable;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What the contract answers to an admission, and what of it is kept for a repeat: no refusal is. */
@Component
class Answers {

    /** What was asked for, which decides the status of success. */
    enum Asked {
        CALL(201),
        RESERVATION(201),
        SETTLEMENT(200);

        private final int success;

        Asked(int success) {
            this.success = success;
        }
    }

    private final JsonMapper json;

    Answers(JsonMapper json) {
        this.json = json;
    }

    /** A request whose one admission is answered to a repeat. */
    Repeatable once(IdempotentRequest request, Asked asked) {
        return new Repeatable(request, admissions -> kept(admissions.getFirst(), asked));
    }

    ResponseEntity<?> of(Admission admission, Asked asked) {
        if (admission instanceof Admission.Replayed(int status, String text)) {
            return Idempotency.replayed(new KeptAnswer(status, text, null));
        }
        Object body = body(admission);
        if (body == null) {
            throw Refusals.of(admission);
        }
        return ResponseEntity.status(asked.success).body(body);
    }

    /** As JSON, for a settlement that is told again. */
    String text(Admission.Tracked tracked) {
        return json.writeValueAsString(TrackedAnswer.of(tracked));
    }

    private @Nullable KeptAnswer kept(Admission admission, Asked asked) {
        Object body = body(admission);
        return body == null ? null : new KeptAnswer(asked.success, json.writeValueAsString(body), null);
    }

    private static @Nullable Object body(Admission admission) {
        return switch (admission) {
            case Admission.Tracked tracked -> TrackedAnswer.of(tracked);
            case Admission.Held held -> HeldAnswer.of(held);
            case Admission.Refused _,
                    Admission.Suspended _,
                    Admission.Unpriced _,
                    Admission.NotAllowed _,
                    Admission.KeyConflict _,
                    Admission.UnknownHold _,
                    Admission.AlreadyReleased _,
                    Admission.AlreadySettled _,
                    Admission.Released _,
                    Admission.Replayed _ -> null;
        };
    }
}
