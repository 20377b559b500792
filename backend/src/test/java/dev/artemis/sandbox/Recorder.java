package dev.artemis.sandbox;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes down all that a sandbox reports. */
public final class Recorder implements Observations {

    private final Map<RunRef, Recording> recordings = new ConcurrentHashMap<>();

    /** A reference that nobody had. */
    public static RunRef aRun() {
        return new RunRef(new UUID(0, 1), UUID.randomUUID(), 1, 1);
    }

    @Override
    public void observe(RunRef run, Observation observation) {
        of(run).add(observation);
    }

    public Recording of(RunRef run) {
        return recordings.computeIfAbsent(run, ref -> new Recording());
    }

    /** What was seen of one run. */
    public static final class Recording {

        private final List<Observation> observations = new ArrayList<>();
        private final Map<Channel, ByteArrayOutputStream> printed = new ConcurrentHashMap<>();
        private final CompletableFuture<Observation> last = new CompletableFuture<>();
        private final CompletableFuture<Observation> started = new CompletableFuture<>();

        private synchronized void add(Observation observation) {
            if (last.isDone()) {
                throw new IllegalStateException("observed after the last: " + observation);
            }
            switch (observation) {
                case Observation.Accepted accepted -> observations.add(accepted);
                case Observation.Started begin -> {
                    observations.add(begin);
                    started.complete(begin);
                }
                case Observation.Output(var channel, var offset, var bytes) ->
                    printed.computeIfAbsent(channel, c -> new ByteArrayOutputStream())
                            .writeBytes(bytes);
                case Observation.Finished end -> finish(end);
                case Observation.Failed end -> finish(end);
                case Observation.Lost end -> finish(end);
            }
        }

        private void finish(Observation end) {
            observations.add(end);
            last.complete(end);
        }

        /** All but output, in order. */
        public synchronized List<Observation> facts() {
            return List.copyOf(observations);
        }

        /** What came so far. */
        public synchronized byte[] printed(Channel channel) {
            ByteArrayOutputStream bytes = printed.get(channel);
            return bytes == null ? new byte[0] : bytes.toByteArray();
        }

        public Observation awaitStart(Duration patience) {
            return await(started, patience);
        }

        public Observation awaitEnd(Duration patience) {
            return await(last, patience);
        }

        /** Its result. Fails when it has none. */
        public Result awaitResult(Duration patience) {
            return switch (awaitEnd(patience)) {
                case Observation.Finished(var result) -> result;
                case Observation.Failed failed -> throw new AssertionError(failed.toString());
                case Observation.Lost lost -> throw new AssertionError(lost.toString());
                case Observation.Accepted _, Observation.Started _, Observation.Output _ ->
                    throw new AssertionError("not an end");
            };
        }

        private Observation await(CompletableFuture<Observation> what, Duration patience) {
            try {
                return what.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new AssertionError("not within " + patience + ": " + facts(), e);
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }
}
