package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.runner.RunnerLine;
import dev.artemis.sandbox.runner.RunnerLines;
import dev.artemis.sandbox.runner.RunnerStream;
import dev.artemis.sandbox.runner.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Reads what a container's runner says until it has ended, across restarts of the engine, and decides how that was. On one thread. */
final class ContainerFollower {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerFollower.class);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int UNANSWERED_MOST = 150;

    private final DockerRun run;
    private final Engine engine;
    private final DockerSettings settings;
    private final String container;
    private final ContainerLabels labels;
    private final RunnerStream stream;
    private final Tally tally = new Tally();
    private Optional<RunnerLine> last = Optional.empty();

    ContainerFollower(DockerRun run, Engine engine, DockerSettings settings, String container, ContainerLabels labels) {
        this.run = run;
        this.engine = engine;
        this.settings = settings;
        this.container = container;
        this.labels = labels;
        this.stream = new RunnerStream(labels.run().name(), labels.nonce());
    }

    /** The run's last observation. */
    Observation follow() throws InterruptedException {
        Thread guard = startGuard();
        try {
            for (int unanswered = 0; ; ) {
                try {
                    readLog();
                    Optional<JsonNode> state = engine.container(container).map(all -> all.path("State"));
                    if (state.isEmpty() || !state.get().path("Running").asBoolean(false)) {
                        return conclude(state);
                    }
                    unanswered = 0;
                } catch (EngineFault fault) {
                    if (fault.status() == EngineFault.NOT_FOUND) {
                        return conclude(Optional.empty());
                    }
                    unanswered++;
                    if (unanswered > UNANSWERED_MOST) {
                        return new Observation.Lost(Loss.NODE_LOST, String.valueOf(fault.getMessage()));
                    }
                }
                Thread.sleep(PAUSE);
            }
        } finally {
            guard.interrupt();
        }
    }

    /** Ends a container whose program has not begun in time: whoever should have given it its job is gone. */
    private Thread startGuard() {
        return Thread.ofVirtual().name("start-guard").start(() -> {
            try {
                Thread.sleep(settings.startTimeout());
                if (!run.hasBegun()) {
                    engine.kill(container, "SIGKILL");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it has ended
            } catch (EngineFault fault) {
                LOG.warn("run {}: not ended, {}", labels.run().name(), fault.getMessage());
            }
        });
    }

    private void readLog() throws InterruptedException {
        try (Exchange log = engine.log(container)) {
            RunnerLines lines = new RunnerLines(new StandardOutput(log.body()));
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                take(stream.read(line.get()));
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LOG.info(
                    "run {}: its log broke off and is read again: {}",
                    labels.run().name(),
                    e.getMessage());
        }
    }

    private void take(RunnerLine line) {
        switch (line) {
            case RunnerLine.Started(var at) -> {
                tally.started(at);
                run.begun(labels.most().wallTimeout());
                run.observe(new Observation.Started(at));
            }
            case RunnerLine.Output(var channel, var offset, var bytes) -> {
                tally.output(channel, offset, bytes.length);
                run.observe(new Observation.Output(channel, offset, bytes));
            }
            case RunnerLine.Ended ended -> last = Optional.of(ended);
            case RunnerLine.Refused refused -> last = Optional.of(refused);
            case RunnerLine.Repeated _ -> {} // a log that is read again
            case RunnerLine.Forged forged -> {
                if (last.isEmpty()) {
                    last = Optional.of(forged);
                    engine.kill(container, "SIGKILL");
                }
            }
        }
    }

    private Observation conclude(Optional<JsonNode> state) {
        if (last.isEmpty()) {
            return withoutRecord(state);
        }
        return switch (last.get()) {
            case RunnerLine.Ended(var result, var delivery) ->
                switch (delivery) {
                    case COMPLETE -> new Observation.Finished(result);
                    case INCOMPLETE -> new Observation.Lost(Loss.RECORD_MISSING, "lines of the runner are missing");
                };
            case RunnerLine.Refused(var reason) ->
                // a file that cannot be written is the run's own
                reason.startsWith("file ")
                        ? Observation.Failed.ofTheRun(Failure.SPEC_REFUSED, reason)
                        : new Observation.Failed(Failure.SANDBOX_BROKEN, reason);
            case RunnerLine.Forged(var why) -> new Observation.Lost(Loss.RECORD_FORGED, why);
            case RunnerLine.Started _, RunnerLine.Output _, RunnerLine.Repeated _ ->
                throw new IllegalStateException("not a last line");
        };
    }

    /** The runner was ended before it could tell: by us, by the kernel together with what it ran, or by somebody else. */
    private Observation withoutRecord(Optional<JsonNode> state) {
        Optional<KillReason> wanted = run.wanted();
        if (wanted.isPresent()) {
            return killed(wanted.get());
        }
        if (state.isEmpty()) {
            return new Observation.Lost(Loss.NODE_LOST, "the container is gone");
        }
        if (!tally.hasStarted()) {
            return new Observation.Failed(Failure.START_TIMEOUT, "the program was not started: " + told(state.get()));
        }
        if (state.get().path("OOMKilled").asBoolean(false)) {
            return killed(KillReason.OUT_OF_MEMORY);
        }
        return new Observation.Lost(Loss.RECORD_MISSING, "ended without a final record: " + told(state.get()));
    }

    /** Nobody counted what it used, and a program can bring that about: it is the most that it can have been. */
    private Observation killed(KillReason reason) {
        Most most = labels.most();
        return tally.hasStarted()
                ? tally.killed(reason, most.cpuTimeWithin(tally.elapsed()), most.memoryBytes())
                : tally.killed(reason, Duration.ZERO, 0);
    }

    private static String told(JsonNode state) {
        return "exit code " + state.path("ExitCode").asInt() + " "
                + state.path("Error").asString("");
    }
}
