package dev.artemis.budgets;

import dev.artemis.shared.Problem;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionException;

/**
 * Why a batch failed.
 *
 * @param isUnknown the connection broke while it may have been committing: whether the database kept it is not known, so
 *     it must not be tried again
 */
record CommitFailure(RuntimeException cause, boolean isUnknown) {

    static CommitFailure of(RuntimeException cause) {
        String state = sqlState(cause);
        boolean broken = state != null && (state.startsWith("08") || state.startsWith("57P"));
        return new CommitFailure(cause, cause instanceof TransactionException || broken);
    }

    /** What the caller is told. */
    RuntimeException answer() {
        return isUnknown ? notKnown() : cause;
    }

    /** It may or may not have been recorded. */
    static Problem notKnown() {
        return Problem.of(
                503,
                "database-unavailable",
                "The database did not answer. Repeat the request with the same Idempotency-Key.");
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
