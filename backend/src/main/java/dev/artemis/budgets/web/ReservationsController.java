package dev.artemis.budgets.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.Refusals;
import dev.artemis.budgets.Reservation;
import dev.artemis.budgets.ReservationWish;
import dev.artemis.budgets.Settlement;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.prices.CountedUsage;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
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

@RestController
@RequestMapping("/api/v1/reservations")
class ReservationsController {

    private final Budgets budgets;
    private final Answers answers;

    ReservationsController(Budgets budgets, Answers answers) {
        this.budgets = budgets;
        this.answers = answers;
    }

    @PostMapping
    @RequiresScope(Scope.CALLS_WRITE)
    ResponseEntity<?> reserve(Caller.ForProject caller, IdempotentRequest request, @RequestBody WishBody body) {
        Answers.Asked asked = Answers.Asked.RESERVATION;
        return answers.of(budgets.reserve(caller, body.wish(), answers.once(request, asked)), asked);
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
        Answers.Asked asked = Answers.Asked.SETTLEMENT;
        Admission admission =
                budgets.settle(caller, idOf(id), body.settlement(), answers::text, answers.once(request, asked));
        return answers.of(admission, asked);
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
                            .counted("max_tokens_output")
                            .usage(),
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

        Settlement settlement() {
            CountedUsage counted = new TokenFields(
                            tokensInput, tokensCacheRead, tokensCacheWrite5m, tokensCacheWrite1h, tokensOutput, usage)
                    .counted("tokens_output");
            return new Settlement(counted.usage(), counted.tier(), counted.unpriced());
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
