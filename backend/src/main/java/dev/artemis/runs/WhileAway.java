package dev.artemis.runs;

import dev.artemis.sandbox.RunRef;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.dao.UncategorizedDataAccessException;
import org.springframework.transaction.TransactionException;

/** Work for a run that waits while the database is away: that says nothing about the run, which may be running well. */
final class WhileAway {

    private static final Logger log = LoggerFactory.getLogger(WhileAway.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /**
     * SQL states that Spring has no name for, and that speak of the database and not of what was written: it only reads (after a failover, or with its
     * disk full), it ended a transaction that waited or took too long, what is needed is in use.
     */
    private static final Set<String> AWAY = Set.of("25006", "25P03", "25P04", "55P03", "55006");

    private WhileAway() {}

    /** Nobody waits any more: whoever comes next finds what is missing. */
    static final class Stopped extends RuntimeException {

        private Stopped(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * What came of the work, once the database took it. What it throws for another reason is thrown.
     *
     * @param stopped whether nobody waits any more
     * @throws Stopped the database is away, and nobody waits any more, or the thread is interrupted
     */
    static <T> T done(RunRef ref, BooleanSupplier stopped, Supplier<T> work) {
        Pauses pauses = new Pauses(FIRST_PAUSE, LONGEST_PAUSE);
        while (true) {
            try {
                return work.get();
            } catch (DataAccessException | TransactionException e) {
                if (!isAway(e)) {
                    throw e;
                }
                log.warn("Run waits for the database, run={}: {}", ref.run(), e.getMessage());
                if (stopped.getAsBoolean() || !paused(pauses.next())) {
                    throw new Stopped(e);
                }
            }
        }
    }

    private static boolean isAway(RuntimeException fault) {
        return switch (fault) {
            case TransactionException lost -> true;
            case DataAccessResourceFailureException lost -> true;
            case TransientDataAccessException passing -> true;
            case RecoverableDataAccessException passing -> true;
            case UncategorizedDataAccessException unknown -> AWAY.contains(state(unknown));
            default -> false;
        };
    }

    /** Empty where the database said nothing. */
    private static String state(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException said && said.getSQLState() != null) {
                return said.getSQLState();
            }
        }
        return "";
    }

    private static boolean paused(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
