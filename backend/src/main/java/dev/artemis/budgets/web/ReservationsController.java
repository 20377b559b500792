package dev.artemis.budgets.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.Repeatable;
import dev.artemis.budgets.Reservation;
import dev.artemis.budgets.ReservationWish;
import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.idempotency.KeptAnswer;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresScope;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Usd;
import dev.artemis.web.Required;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/reservations")
class ReservationsController {

    private final Budgets budgets;
    private final JsonMapper json;

    ReservationsController(Budgets budgets, JsonMapper json) {
        this.budgets = budgets;
        this.json = json;
    }

    @PostMapping
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> reserve(Caller.ForProject caller, IdempotentRequest request, @RequestBody WishBody body) {
        Admission admission = budgets.reserve(
                caller, body.wish(), new Repeatable(request, admissions -> keptHold(admissions.getFirst())));
        return switch (admission) {
            case Admission.Held held -> ResponseEntity.status(201).body(HeldAnswer.of(held));
            case Admission.Replayed(int status, String text) ->
                Idempotency.replayed(new KeptAnswer(status, text, null));
            case Admission.Tracked _,
                    Admission.Refused _,
                    Admission.Suspended _,
                    Admission.Unpriced _,
                    Admission.KeyConflict _,
                    Admission.UnknownHold _,
                    Admission.AlreadyReleased _,
                    Admission.AlreadySettled _,
                    Admission.Released _ -> throw Refusals.of(admission);
        };
    }

    @GetMapping("/{id}")
    @RequiresScope(Scope.CALLS_WRITE)
    ReservationAnswer one(Caller.ForProject caller, @PathVariable String id) {
        return budgets.reservation(caller, idOf(id))
                .map(ReservationAnswer::of)
                .orElseThrow(() -> Problem.notFound("The reservation"));
    }

    @PostMapping("/{id}/settle")
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> settle(
            Caller.ForProject caller,
            IdempotentRequest request,
            @PathVariable String id,
            @RequestBody SettlementBody body) {
        Admission admission = budgets.settle(
                caller,
                idOf(id),
                body.normalised(),
                tracked -> json.writeValueAsString(TrackedAnswer.of(tracked)),
                new Repeatable(request, admissions -> keptSettlement(admissions.getFirst())));
        return switch (admission) {
            case Admission.Tracked tracked -> ResponseEntity.ok(TrackedAnswer.of(tracked));
            case Admission.Replayed(int status, String text) ->
                Idempotency.replayed(new KeptAnswer(status, text, null));
            case Admission.Held _,
                    Admission.Refused _,
                    Admission.Suspended _,
                    Admission.Unpriced _,
                    Admission.KeyConflict _,
                    Admission.UnknownHold _,
                    Admission.AlreadyReleased _,
                    Admission.AlreadySettled _,
                    Admission.Released _ -> throw Refusals.of(admission);
        };
    }

    @DeleteMapping("/{id}")
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<Void> release(Caller.ForProject caller, @PathVariable String id) {
        Admission admission = budgets.release(caller, idOf(id));
        if (admission instanceof Admission.Released) {
            return ResponseEntity.noContent().build();
        }
        throw Refusals.of(admission);
    }

    private static ReservationId idOf(String text) {
        try {
            return ReservationId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("The reservation");
        }
    }

    private @Nullable KeptAnswer keptHold(Admission admission) {
        return admission instanceof Admission.Held held
                ? new KeptAnswer(201, json.writeValueAsString(HeldAnswer.of(held)), null)
                : null;
    }

    private @Nullable KeptAnswer keptSettlement(Admission admission) {
        return admission instanceof Admission.Tracked tracked
                ? new KeptAnswer(200, json.writeValueAsString(TrackedAnswer.of(tracked)), null)
                : null;
    }

    record WishBody(
            @Nullable String model,
            @Nullable String provider,
            @Nullable ServiceTier serviceTier,
            @Nullable BigInteger tokensInput,
            @Nullable BigInteger tokensCacheRead,

            @JsonProperty("tokens_cache_write_5m") @Nullable BigInteger tokensCacheWrite5m,

            @JsonProperty("tokens_cache_write_1h") @Nullable BigInteger tokensCacheWrite1h,

            @Nullable BigInteger maxTokensOutput,
            @Nullable String stage,
            @Nullable String purpose,
            @Nullable String cardId,
            @Nullable Long ttlSeconds) {

        ReservationWish wish() {
            return new ReservationWish(
                    new ModelRef(provider, Required.field("model", model)),
                    new TokenFields(
                                    tokensInput,
                                    tokensCacheRead,
                                    tokensCacheWrite5m,
                                    tokensCacheWrite1h,
                                    maxTokensOutput,
                                    null)
                            .normalised("max_tokens_output"),
                    serviceTier == null ? ServiceTier.STANDARD : serviceTier,
                    new CallLabels(Required.field("stage", stage), purpose, cardId),
                    ttlSeconds == null
                            ? ReservationWish.DEFAULT_TIME_TO_LIVE
                            : Duration.ofSeconds(Math.clamp(ttlSeconds, -1, 1_000_000)));
        }
    }

    record SettlementBody(
            @Nullable BigInteger tokensInput,
            @Nullable BigInteger tokensCacheRead,

            @JsonProperty("tokens_cache_write_5m") @Nullable BigInteger tokensCacheWrite5m,

            @JsonProperty("tokens_cache_write_1h") @Nullable BigInteger tokensCacheWrite1h,

            @Nullable BigInteger tokensOutput,
            @Nullable JsonNode usage) {

        Usage normalised() {
            return new TokenFields(
                            tokensInput, tokensCacheRead, tokensCacheWrite5m, tokensCacheWrite1h, tokensOutput, usage)
                    .normalised("tokens_output");
        }
    }

    record HeldAnswer(
            String id,
            Usd reserved,
            Instant expiresAt,
            @Nullable Usd dailyRemaining,
            @Nullable Usd monthlyRemaining) {

        static HeldAnswer of(Admission.Held held) {
            return new HeldAnswer(
                    held.id().toString(),
                    held.reserved(),
                    held.expiresAt(),
                    held.usage().dailyRemaining(),
                    held.usage().monthlyRemaining());
        }
    }

    record ReservationAnswer(
            String id,
            String status,
            Usd reserved,
            @Nullable Usd cost,
            Instant createdAt,
            @Nullable Instant expiresAt) {

        static ReservationAnswer of(Reservation reservation) {
            return new ReservationAnswer(
                    reservation.id().toString(),
                    reservation.status(),
                    reservation.reserved(),
                    reservation.cost(),
                    reservation.createdAt(),
                    reservation.expiresAt());
        }
    }
}
