package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.sandbox.runner.RunnerLine;
import dev.artemis.sandbox.runner.RunnerLines;
import dev.artemis.sandbox.runner.RunnerStream;
import dev.artemis.sandbox.runner.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run: its launcher's process, read on a thread of its own from start to end. */
final class LocalRun implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalRun.class);
    private static final int MAX_COMPLAINT_BYTES = 4_096;

    private final RunRef ref;
    private final SandboxSpec spec;
    private final Workshop workshop;
    private final Observations observations;
    private final Tally tally = new Tally();

    private @Nullable Process process;
    private boolean jobWritten;
    private boolean cancelled;
    private volatile boolean silent;
    private volatile Live.State state = Live.State.ACCEPTED;

    LocalRun(RunRef ref, SandboxSpec spec, Workshop workshop, Observations observations) {
        this.ref = ref;
        this.spec = spec;
        this.workshop = workshop;
        this.observations = observations;
    }

    Live live() {
        return new Live(ref, state);
    }

    boolean hasEnded() {
        return state == Live.State.ENDED;
    }

    @Override
    public void run() {
        observe(new Observation.Accepted());
        Observation last;
        try {
            last = workshop.place()
                    .map(this::runIn)
                    .orElseGet(() -> new Observation.Failed(Failure.NO_CAPACITY, "all user ids are taken"));
        } catch (RuntimeException e) {
            LOG.error("run {}: the sandbox failed", ref.name(), e);
            last = new Observation.Lost(Loss.NODE_LOST, "the sandbox failed: " + e);
        }
        state = Live.State.ENDED;
        observe(last);
    }

    /** Ends it. The runner sees its standard input closed and tells how far it came; a launcher without a runner yet is just ended. */
    synchronized void cancel() {
        cancelled = true;
        if (process == null) {
            return;
        }
        if (jobWritten) {
            closeQuietly(process.getOutputStream());
        } else {
            end(process);
        }
    }

    /** Ends it and tells nobody. */
    void silence() {
        silent = true;
        cancel();
    }

    private Observation runIn(Workshop.Place place) {
        try (place) {
            Nonce nonce = Nonce.random();
            byte[] job = workshop.job(ref, spec, nonce);
            Process started;
            try {
                started = launch(place, job.length);
            } catch (IOException e) {
                return new Observation.Failed(Failure.SANDBOX_BROKEN, "cannot start the launcher: " + e.getMessage());
            }
            if (started == null) {
                return killed(KillReason.CANCELLED, Measured.NOTHING);
            }
            write(started, job);
            return follow(started, new RunnerStream(ref.name(), nonce));
        }
    }

    private synchronized @Nullable Process launch(Workshop.Place place, int jobBytes) throws IOException {
        if (cancelled) {
            return null;
        }
        process = place.launch(ref, spec, jobBytes);
        return process;
    }

    private void write(Process started, byte[] job) {
        try {
            OutputStream in = started.getOutputStream();
            in.write(job);
            in.flush();
        } catch (IOException e) {
            LOG.debug("run {}: the job was not read to its end: {}", ref.name(), e.getMessage());
        }
        synchronized (this) {
            jobWritten = true;
            if (cancelled) {
                closeQuietly(started.getOutputStream());
            }
        }
    }

    /** Reads until the launcher has ended, so that nothing of the run is left when its last observation is made. */
    private Observation follow(Process started, RunnerStream stream) {
        RunnerLine[] last = new RunnerLine[1];
        LaunchEnd[] end = new LaunchEnd[1];
        String complaint;
        try {
            RunnerLines lines = new RunnerLines(started.getInputStream());
            for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
                if (LaunchEnd.is(line.get())) {
                    end[0] = LaunchEnd.parse(line.get());
                } else {
                    take(stream.read(line.get()), started, said -> last[0] = said);
                }
            }
            complaint = complaint(started.getErrorStream());
        } catch (IOException e) {
            end(started);
            complaint = "the launcher's output broke: " + e.getMessage();
        }
        closeQuietly(started.getOutputStream());
        awaitExit(started);
        // before its user id is given to another
        Measured measured = end[0] == null ? workshop.clearUpAfter(ref) : Measured.by(end[0]);
        return conclude(Optional.ofNullable(last[0]), Optional.ofNullable(end[0]), measured, complaint);
    }

    private void take(RunnerLine line, Process started, Consumer<RunnerLine> last) {
        switch (line) {
            case RunnerLine.Started(var at) -> {
                state = Live.State.RUNNING;
                tally.started(at);
                observe(new Observation.Started(at));
            }
            case RunnerLine.Output(var channel, var offset, var bytes) -> {
                tally.output(channel, offset, bytes.length);
                observe(new Observation.Output(channel, offset, bytes));
            }
            case RunnerLine.Ended ended -> last.accept(ended);
            case RunnerLine.Refused refused -> last.accept(refused);
            case RunnerLine.Forged forged -> {
                last.accept(forged);
                end(started);
            }
            case RunnerLine.Repeated repeated -> LOG.warn("run {}: a line came twice: {}", ref.name(), repeated);
        }
    }

    private Observation conclude(
            Optional<RunnerLine> last, Optional<LaunchEnd> end, Measured measured, String complaint) {
        if (last.isEmpty()) {
            return withoutRecord(end, measured, complaint);
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

    /** The runner was ended before it could tell: by us, or by the kernel together with what it ran. */
    private Observation withoutRecord(Optional<LaunchEnd> end, Measured measured, String complaint) {
        if (isCancelled()) {
            return killed(KillReason.CANCELLED, measured);
        }
        if (!tally.hasStarted()) {
            return new Observation.Failed(Failure.SANDBOX_BROKEN, "the sandbox did not start: " + complaint);
        }
        if (end.filter(known -> known.oomKills() > 0).isPresent()) {
            return killed(KillReason.OUT_OF_MEMORY, measured);
        }
        return new Observation.Lost(Loss.RECORD_MISSING, "ended without a final record: " + end + " " + complaint);
    }

    /** What nobody counted of a program that ran, and a program may bring that about, is the most that it can have been. */
    private Observation killed(KillReason reason, Measured measured) {
        Most most = Most.of(spec.limits());
        return tally.hasStarted()
                ? tally.killed(
                        reason,
                        measured.cpuTime().orElseGet(() -> most.cpuTimeWithin(tally.elapsed())),
                        measured.maxMemoryBytes().orElse(most.memoryBytes()))
                : tally.killed(reason, Duration.ZERO, 0);
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private void observe(Observation observation) {
        if (silent) {
            return;
        }
        try {
            observations.observe(ref, observation);
        } catch (RuntimeException e) {
            LOG.error("run {}: an observation was not taken", ref.name(), e);
        }
    }

    private static String complaint(InputStream errors) throws IOException {
        return new String(errors.readNBytes(MAX_COMPLAINT_BYTES), StandardCharsets.UTF_8).strip();
    }

    private void awaitExit(Process started) {
        try {
            started.waitFor();
        } catch (InterruptedException e) {
            LOG.warn("run {}: interrupted while its launcher was ending", ref.name());
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM to the launcher, which ends all. Not {@link Process#destroy()}: that closes the streams under the reader. */
    private static void end(Process started) {
        started.toHandle().destroy();
    }

    private static void closeQuietly(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            LOG.debug("the launcher's input was closed already: {}", e.getMessage());
        }
    }
}
