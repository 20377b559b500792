package dev.artemis.statements.web;

import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.RequiresRight;
import dev.artemis.shared.Right;
import dev.artemis.shared.Usd;
import dev.artemis.statements.Statement;
import dev.artemis.statements.Statements;
import dev.artemis.statements.Verification;
import dev.artemis.web.Required;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.YearMonth;
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

    StatementsController(Statements statements) {
        this.statements = statements;
    }

    @GetMapping
    Page<StatementAnswer> all(Caller.ForTenant caller) {
        return Page.whole(statements.all(caller.tenant())).map(StatementAnswer::of);
    }

    /** A repeat is refused with 409: a month is closed once, with or without an idempotency key. */
    @PostMapping
    @RequiresRight(Right.CHANGE_FINANCE)
    ResponseEntity<StatementAnswer> close(Caller.ForTenant caller, @RequestBody Closing body) {
        YearMonth month = month(Required.field("month", body.month()));
        return ResponseEntity.status(201).body(StatementAnswer.of(statements.close(caller, caller.tenant(), month)));
    }

    @GetMapping("/{month}")
    StatementAnswer one(Caller.ForTenant caller, @PathVariable YearMonth month) {
        return StatementAnswer.of(
                statements.find(caller.tenant(), month).orElseThrow(() -> Problem.notFound("A statement of " + month)));
    }

    /** Counts the month anew: as long as it takes to export it. */
    @GetMapping("/{month}/verification")
    @RequiresRight(Right.SEE_FINANCE)
    VerificationAnswer verify(Caller.ForTenant caller, @PathVariable YearMonth month) {
        Verification verification = statements.verify(caller.tenant(), month);
        return new VerificationAnswer(
                verification.holds(),
                StatementAnswer.of(verification.statement()),
                verification.now().sha256(),
                verification.costNow());
    }

    private static YearMonth month(String text) {
        try {
            return YearMonth.parse(text);
        } catch (DateTimeException e) {
            throw Problem.notAllowed("month", "a month such as 2026-10");
        }
    }

    record Closing(@Nullable String month) {}

    record VerificationAnswer(boolean holds, StatementAnswer statement, String sha256Now, Usd costNow) {}

    /**
     * A statement as JSON.
     *
     * @param sha256 of the month's CSV export; null for a moment after the closing
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
            @Nullable String sha256) {

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
                    seal == null ? null : seal.sha256());
        }
    }
}
