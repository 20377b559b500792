package dev.artemis.runs;

import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessException;

/**
 * Stands between a sandbox and the database: gathers for a moment, and holds on to an observation while the
 * database cannot be reached, since a sandbox tells everything once.
 */
final class SandboxObservations implements Observations {

    private static final Logger log = LoggerFactory.getLogger(SandboxObservations.class);

    private final Writing writing;
    private final Consumer<RunRef> over;
    private final Map<RunRef, Unwritten> all = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** {@link ObserveRuns#write}. */
    @FunctionalInterface
    interface Writing {
        ObserveRuns.Effect write(RunRef ref, List<Observation> seen);
    }

    /** What was seen of an attempt a moment ago. Used under its own lock. */
    private static final class Unwritten {
        private final OutputBuffer output = new OutputBuffer();
        private Observation.@Nullable Started started;

        List<Observation> takeWith(List<Observation.Output> printed) {
            List<Observation> seen = new ArrayList<>();
            if (started != null) {
                seen.add(started);
                started = null;
            }
            seen.addAll(printed);
            return seen;
        }
    }

    /** @param over is told of each attempt that is over, after the commit */
    SandboxObservations(Writing writing, Consumer<RunRef> over) {
        this.writing = writing;
        this.over = over;
    }

    /** A start waits for a moment too: of a short program start, output and end are one transaction. */
    @Override
    public void observe(RunRef ref, Observation observation) {
        Unwritten unwritten = all.computeIfAbsent(ref, run -> new Unwritten());
        synchronized (unwritten) {
            switch (observation) {
                case Observation.Accepted accepted -> {
                    // the claim said as much, and is committed
                }
                case Observation.Started started -> unwritten.started = started;
                case Observation.Output output -> {
                    unwritten.output.add(output);
                    if (unwritten.output.isFull()) {
                        write(ref, unwritten.takeWith(unwritten.output.takeWhole()));
                    }
                }
                case Observation.Finished last -> end(ref, unwritten, last);
                case Observation.Failed last -> end(ref, unwritten, last);
                case Observation.Lost last -> end(ref, unwritten, last);
            }
        }
    }

    private void end(RunRef ref, Unwritten unwritten, Observation last) {
        List<Observation> seen = unwritten.takeWith(unwritten.output.takeAll());
        seen.add(last);
        write(ref, seen);
    }

    /** Writes what was gathered; called several times a second. */
    void flush() {
        all.forEach((ref, unwritten) -> {
            synchronized (unwritten) {
                List<Observation> seen = unwritten.takeWith(unwritten.output.takeWhole());
                if (!seen.isEmpty()) {
                    write(ref, seen);
                }
            }
        });
    }

    /** Holds on to nothing any more: the supervisor of whoever comes next finds what is missing. */
    void close() {
        closed = true;
    }

    private void write(RunRef ref, List<Observation> seen) {
        ObserveRuns.Effect effect = persistently(ref, seen);
        switch (effect) {
            case GOES_ON -> {}
            case OVER, STALE -> {
                all.remove(ref);
                over.accept(ref);
            }
        }
    }

    private ObserveRuns.Effect persistently(RunRef ref, List<Observation> seen) {
        try {
            return WhileAway.done(ref, () -> closed, () -> writing.write(ref, seen));
        } catch (NonTransientDataAccessException | IllegalStateException e) {
            log.error("Observation refused, run={} attempt={}", ref.run(), ref.attempt(), e);
            return ObserveRuns.Effect.GOES_ON;
        }
    }
}
