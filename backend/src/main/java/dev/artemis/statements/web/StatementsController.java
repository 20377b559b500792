package dev.artemis.statements.web;

import dev.artemis.idempotency.Idempotency;
import dev.artemis.idempotency.IdempotentRequest;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Usd;
import dev.artemis.shared.Years;
import dev.artemis.statements.Statement;
import dev.artemis.statements.Statements;
import dev.artemis.statements.Verification;
import dev.artemis.web.Required;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/admin/tenants/{tenant}/statements")
class StatementsController {

    private final Statements statements;
    private final Idempotency idempotency;

    StatementsController(Statements statements, Idempotency idempotency) {
        this.statements = statements;
        this.idempotency = idempotency;
    }

    @GetMapping
    @RequiresRight(Right.SEE_FINANCE)
    Page<StatementAnswer> all(Caller.ForTenant caller) {
        return Page.whole(statements.all(caller.tenant())).map(StatementAnswer::of);
    }

    /**
     * The seal is counted after the closing is committed and stands in the answer all the same: a repeat's is made anew of what
     * never changes.
     */
    @PostMapping
    @RequiresRight(Right.CHANGE_FINANCE)
    ResponseEntity<StatementAnswer> close(
            Caller.ForTenant caller, IdempotentRequest request, @RequestBody Closing body) {
        YearMonth month = month(Required.field("month", body.month()));
        ResponseEntity<?> closed = idempotency.once(
                caller.tenant(),
                request,
                () -> ResponseEntity.status(201)
                        .body(StatementAnswer.of(statements.closeUnsealed(caller, caller.tenant(), month))));
        return ResponseEntity.status(closed.getStatusCode())
                .headers(closed.getHeaders())
                .body(StatementAnswer.of(statements.sealed(caller.tenant(), month)));
    }

    @GetMapping("/{month}")
    @RequiresRight(Right.SEE_FINANCE)
    StatementAnswer one(Caller.ForTenant caller, @PathVariable String month) {
        return StatementAnswer.of(parsed(month)
                .flatMap(it -> statements.find(caller.tenant(), it))
                .orElseThrow(() -> noneOf(month)));
    }

    /** Counts the month anew: as long as it takes to export it. */
    @GetMapping("/{month}/verification")
    @RequiresRight(Right.SEE_FINANCE)
    VerificationAnswer verify(Caller.ForTenant caller, @PathVariable String month) {
        Verification verification =
                statements.verify(caller.tenant(), parsed(month).orElseThrow(() -> noneOf(month)));
        return new VerificationAnswer(
                verification.holds(),
                StatementAnswer.of(verification.statement()),
                verification.now().sha256(),
                version(verification.now()),
                verification.costNow());
    }

    private static YearMonth month(String text) {
        return parsed(text).orElseThrow(() -> Problem.notAllowed("month", "a month such as 2026-10"));
    }

    /** Empty for what is no month, or none that anybody can have spent in. */
    private static Optional<YearMonth> parsed(String text) {
        try {
            return Optional.of(YearMonth.parse(text)).filter(month -> Years.has(month.getYear()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Problem noneOf(String month) {
        return Problem.notFound("A statement of " + month);
    }

    record Closing(@Nullable String month) {}

    private static @Nullable Integer version(Statement.@Nullable Seal seal) {
        return seal == null || seal.version() == null ? null : seal.version().number();
    }

    /**
     * A month, counted anew.
     *
     * @param csvVersion in which the file of {@code sha256_now} was written
     */
    record VerificationAnswer(
            boolean holds,
            StatementAnswer statement,
            String sha256Now,
            @Nullable Integer csvVersion,
            Usd costNow) {}

    /**
     * A statement as JSON.
     *
     * @param sha256 of the month's CSV export; null for a moment after the closing
     * @param csvVersion in which that was written; null: not noted yet when the month was closed
     */
    record StatementAnswer(
            String month,
            int number,
            Instant closedAt,
            String closedBy,
            long calls,
            long runs,
            Usd cost,
            @Nullable Usd budget,
            @Nullable Long lines,
            @Nullable String sha256,
            @Nullable Integer csvVersion) {

        static StatementAnswer of(Statement statement) {
            Statement.Seal seal = statement.seal();
            return new StatementAnswer(
                    statement.month().toString(),
                    statement.number(),
                    statement.closedAt(),
                    statement.closedBy(),
                    statement.calls(),
                    statement.runs(),
                    statement.cost(),
                    statement.budget(),
                    seal == null ? null : seal.lines(),
                    seal == null ? null : seal.sha256(),
                    version(seal));
        }
    }
}
