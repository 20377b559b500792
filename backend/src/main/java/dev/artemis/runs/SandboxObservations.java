package dev.artemis.runs;

import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Stands between a sandbox and the database: gathers output for a moment, and holds on to an observation while the
 * database cannot be reached, since a sandbox tells everything once.
 */
final class SandboxObservations implements Observations {

    private static final Logger log = LoggerFactory.getLogger(SandboxObservations.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final Writing writing;
    private final Consumer<RunRef> over;
    private final Map<RunRef, OutputBuffer> buffers = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** {@link ObserveRuns#write}. */
    @FunctionalInterface
    interface Writing {
        ObserveRuns.Effect write(RunRef ref, List<Observation.Output> output, @Nullable Observation observation);
    }

    /** @param over is told of each attempt that is over, after the commit */
    SandboxObservations(Writing writing, Consumer<RunRef> over) {
        this.writing = writing;
        this.over = over;
    }

    @Override
    public void observe(RunRef ref, Observation observation) {
        OutputBuffer buffer = buffers.computeIfAbsent(ref, run -> new OutputBuffer());
        synchronized (buffer) {
            if (observation instanceof Observation.Output output) {
                buffer.add(output);
                if (buffer.isFull()) {
                    write(ref, buffer.takeWhole(), null);
                }
            } else {
                write(ref, buffer.takeAll(), observation);
            }
        }
    }

    /** Writes what was gathered; called several times a second. */
    void flush() {
        buffers.forEach((ref, buffer) -> {
            synchronized (buffer) {
                List<Observation.Output> output = buffer.takeWhole();
                if (!output.isEmpty()) {
                    write(ref, output, null);
                }
            }
        });
    }

    /** Holds on to nothing any more: the supervisor of whoever comes next finds what is missing. */
    void close() {
        closed = true;
    }

    private void write(RunRef ref, List<Observation.Output> output, @Nullable Observation observation) {
        ObserveRuns.Effect effect = persistently(ref, output, observation);
        switch (effect) {
            case GOES_ON -> {}
            case OVER, STALE -> {
                buffers.remove(ref);
                over.accept(ref);
            }
        }
    }

    private ObserveRuns.Effect persistently(
            RunRef ref, List<Observation.Output> output, @Nullable Observation observation) {
        Duration pause = Duration.ofMillis(50);
        while (true) {
            try {
                return writing.write(ref, output, observation);
            } catch (DataAccessResourceFailureException
                    | TransientDataAccessException
                    | RecoverableDataAccessException
                    | TransactionException e) {
                if (closed) {
                    throw e;
                }
                log.warn("Run waits for the database, run={}: {}", ref.run(), e.getMessage());
            } catch (NonTransientDataAccessException | IllegalStateException e) {
                log.error("Observation refused, run={} attempt={}", ref.run(), ref.attempt(), e);
                return ObserveRuns.Effect.GOES_ON;
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the database was away", e);
        }
    }
}
