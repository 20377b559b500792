package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * How a run ended whose runner left no final record, decided from what the control plane says, which a program cannot forge. Pure.
 *
 * <p>What nobody counted of a program that ran, and a program can bring that about, is the most that it can have been (ADR-0032).
 */
record Verdict(Known known) {

    /**
     * What is known of the run beside its last sight.
     *
     * @param stopped whether we asked for its end
     * @param startedAt when its program was started, if it was seen to
     * @param toldAll whether its log was read to the end: what that does not show did not happen
     * @param most what it was allowed
     */
    record Known(
            boolean stopped,
            Optional<Instant> startedAt,
            boolean toldAll,
            Instant now,
            Most most,
            Captured stdout,
            Captured stderr) {}

    Observation of(Sight.Ended end) {
        Instant finishedAt = end.exit().flatMap(Sight.Exit::finishedAt).orElse(known.now());
        if (end.reason().equals("OOMKilled")) {
            return killed(KillReason.OUT_OF_MEMORY, end.exit(), finishedAt);
        }
        if (end.reason().equals("Evicted") && ownStorage(end.message())) {
            return killed(KillReason.DISK_LIMIT, end.exit(), finishedAt);
        }
        if (known.stopped()) {
            return killed(KillReason.CANCELLED, end.exit(), finishedAt);
        }
        if (end.reason().equals("DeadlineExceeded") && overdue(finishedAt)) {
            return killed(KillReason.WALL_TIMEOUT, end.exit(), finishedAt);
        }
        if (neverRan(end)) {
            return new Observation.Failed(Failure.SANDBOX_BROKEN, detail(end));
        }
        return new Observation.Lost(end.exit().isPresent() ? Loss.RECORD_MISSING : Loss.NODE_LOST, detail(end));
    }

    Observation of(Sight.Gone gone) {
        return known.stopped()
                ? killed(KillReason.CANCELLED, Optional.empty(), known.now())
                : new Observation.Lost(Loss.NODE_LOST, gone.why());
    }

    /** The eviction manager's words when a pod itself used too much, rather than its node being short. */
    private static boolean ownStorage(String message) {
        String said = message.toLowerCase(Locale.ROOT);
        return said.contains("usage of emptydir")
                || said.contains("ephemeral local storage usage exceeds")
                || said.contains("exceeded its local ephemeral storage limit");
    }

    private boolean overdue(Instant finishedAt) {
        return known.startedAt().isPresent()
                && Duration.between(known.startedAt().get(), finishedAt)
                                .compareTo(known.most().wallTimeout())
                        >= 0;
    }

    /** The container runtime could not start the runner, or the runner refused the job (its exit code 64). */
    private boolean neverRan(Sight.Ended end) {
        return known.startedAt().isEmpty()
                && (end.reason().equals("StartError")
                        || end.reason().equals("ContainerCannotRun")
                        || end.exit().map(exit -> exit.code() == 64).orElse(false));
    }

    private static String detail(Sight.Ended end) {
        return "pod %s ended without a final record: %s%s%s"
                .formatted(
                        end.pod().name(),
                        end.reason().isEmpty() ? "no reason given" : end.reason(),
                        end.exit().map(exit -> ", exit code " + exit.code()).orElse(""),
                        end.message().isEmpty() ? "" : ", " + end.message());
    }

    /** The earliest that its program can have been started, where nobody knows whether it was. */
    private Optional<Instant> containerStart(Optional<Sight.Exit> exit) {
        return known.toldAll() ? Optional.empty() : exit.flatMap(Sight.Exit::startedAt);
    }

    private Observation killed(KillReason reason, Optional<Sight.Exit> exit, Instant finishedAt) {
        Optional<Instant> seen = known.startedAt().or(() -> containerStart(exit));
        Instant began = seen.orElse(finishedAt);
        Instant startedAt = began.isAfter(finishedAt) ? finishedAt : began;
        Duration executed = Duration.between(startedAt, finishedAt);
        boolean ran = seen.isPresent();
        return new Observation.Finished(new Result(
                new Ending.Killed(reason),
                new Usage(
                        executed,
                        ran ? known.most().cpuTimeWithin(executed) : Duration.ZERO,
                        ran || reason == KillReason.OUT_OF_MEMORY ? known.most().memoryBytes() : 0),
                known.stdout(),
                known.stderr(),
                startedAt,
                finishedAt));
    }
}
