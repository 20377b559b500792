package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import io.kubernetes.client.openapi.models.V1Job;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates a run's objects, or adopts those of the same name: a create that timed out, another instance's, or one before a restart. A cluster that
 * does not answer is asked again for as long as a start may take.
 */
final class RunLaunch {

    /** How a launch went. */
    sealed interface Launched {

        /**
         * The Job is there.
         *
         * @param input for one of its pods, should none have it yet; none where the Job was made from what this version writes otherwise
         */
        record There(V1Job job, Optional<RunObjects> input) implements Launched {}

        /** It is not, and will not be. */
        record Failed(Observation observation) implements Launched {}

        /** A newer claim has it: nothing to tell. */
        record Superseded() implements Launched {}

        /** The run was cancelled before it reached the cluster. */
        record Cancelled() implements Launched {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(RunLaunch.class);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final KubernetesSettings settings;
    private final ClusterCalls calls;
    private final RunNamespaces namespaces;
    private final Standing standing;
    private final Clock clock;
    private boolean open;
    private boolean resuming;

    RunLaunch(
            KubernetesSettings settings, ClusterCalls calls, RunNamespaces namespaces, Standing standing, Clock clock) {
        this.settings = settings;
        this.calls = calls;
        this.namespaces = namespaces;
        this.standing = standing;
        this.clock = clock;
    }

    /**
     * The Job first, then its input, once it has a pod: until that is there no pod of it can start, and what the Job owns goes with it. So
     * whatever dies in between leaves nothing behind that has no owner.
     */
    Launched launch(Cluster cluster, RunRef run, SandboxSpec spec, BooleanSupplier cancelled)
            throws InterruptedException {
        RunObjects objects = RunObjects.of(settings, cluster, run, spec, Nonce.random());
        return patiently(run, cancelled, RunLaunch::mayPass, () -> created(run, objects));
    }

    /**
     * Takes over a Job that another began, perhaps of another version, which wrote the same otherwise: its labels say whose it is. Makes no Job.
     */
    Launched resume(Cluster cluster, RunRef run, SandboxSpec spec) throws InterruptedException {
        RunObjects objects = RunObjects.of(settings, cluster, run, spec, Nonce.random());
        resuming = true;
        return patiently(
                run,
                () -> false,
                // its program may be running: a refusal is no reason to begin it anew
                fault -> mayPass(fault) || fault.kind() == ClusterFault.Kind.FORBIDDEN,
                () -> calls.job(run)
                        .map(job -> adopt(run, objects, job))
                        .orElseGet(() -> new Launched.Failed(
                                new Observation.Lost(Loss.NODE_LOST, "the Job " + run.name() + " is gone"))));
    }

    private static boolean mayPass(ClusterFault fault) {
        return fault.passing() || fault.kind() == ClusterFault.Kind.NOT_FOUND;
    }

    private Launched patiently(
            RunRef run, BooleanSupplier cancelled, Predicate<ClusterFault> again, Supplier<Launched> attempt)
            throws InterruptedException {
        Instant until = clock.instant().plus(settings.startTimeout());
        while (true) {
            if (cancelled.getAsBoolean()) {
                return new Launched.Cancelled();
            }
            try {
                return attempt.get();
            } catch (ClusterFault fault) {
                consider(run, fault);
                if (!again.test(fault) || clock.instant().isAfter(until)) {
                    return new Launched.Failed(told(fault));
                }
                LOG.info("asked again run={} why={}", run.name(), fault.getMessage());
                Thread.sleep(PAUSE);
            } catch (IllegalStateException e) {
                // an operator's part is missing, and may come
                return new Launched.Failed(new Observation.Failed(Failure.UNREACHABLE, String.valueOf(e.getMessage())));
            }
        }
    }

    /** Perhaps something is missing, or what allows us there; perhaps we are not allowed anything. */
    private void consider(RunRef run, ClusterFault fault) {
        boolean refused = fault.kind() == ClusterFault.Kind.FORBIDDEN;
        if (refused || fault.kind() == ClusterFault.Kind.NOT_FOUND) {
            namespaces.doubt(run.tenant());
        }
        if (refused) {
            standing.refused(fault.getMessage());
        }
    }

    private Launched created(RunRef run, RunObjects objects) {
        namespaces.ensure(run.tenant());
        V1Job made;
        try {
            made = calls.createJob(objects.job());
        } catch (ClusterFault fault) {
            return switch (fault.kind()) {
                // any of these may hide a Job that is there: a repeat, a time-out, a duplicate under a full quota
                case CONFLICT, QUOTA, FORBIDDEN, UNREACHABLE ->
                    calls.job(run).map(job -> adopt(run, objects, job)).orElseThrow(() -> fault);
                case BUSY, NOT_FOUND, INVALID, OTHER -> throw fault;
            };
        }
        open = !Dropped.unsafe(objects.job(), made).isEmpty();
        if (open) {
            return removed(run, objects, made);
        }
        standing.took();
        return new Launched.There(made, Optional.of(objects));
    }

    /**
     * Of a Job that was not kept as it was sent: what a cluster does not know it drops, and a webhook may change the rest. A program
     * that would not be held is not started: it has no input yet.
     */
    private Launched removed(RunRef run, RunObjects objects, V1Job made) {
        calls.deleteJob(run, made.getMetadata().getUid());
        String words =
                "the cluster does not keep what holds a run: " + String.join(", ", Dropped.unsafe(objects.job(), made));
        standing.refused(words);
        return new Launched.Failed(new Observation.Failed(Failure.REFUSED, words));
    }

    /**
     * Gives one pod of a Job its input. Where there is an input already, another pod's or one that was emptied since a pod had it, it stays as
     * it is. Throws a {@link ClusterFault}.
     */
    void supply(RunRef run, RunObjects objects, V1Job job, String pod) {
        try {
            objects.inputOf(job, pod).forEach(calls::createInput);
        } catch (ClusterFault fault) {
            consider(run, fault);
            throw fault;
        }
    }

    private Launched adopt(RunRef run, RunObjects objects, V1Job job) {
        Map<String, String> annotations =
                Optional.ofNullable(job.getMetadata().getAnnotations()).orElse(Map.of());
        Optional<RunRef> made = RunLabels.read(job.getMetadata());
        String hash = objects.job().getMetadata().getAnnotations().get(RunLabels.SPEC_HASH);
        boolean same = String.valueOf(hash).equals(annotations.get(RunLabels.SPEC_HASH));
        if (made.isEmpty() || !made.get().tenant().equals(run.tenant()) || !(same || resuming)) {
            return new Launched.Failed(new Observation.Failed(
                    Failure.SANDBOX_BROKEN, "a Job " + run.name() + " is there already, made from something else"));
        }
        if (job.getMetadata().getDeletionTimestamp() != null) {
            return new Launched.Failed(new Observation.Failed(
                    Failure.SANDBOX_BROKEN, "a Job " + run.name() + " is there already, and is being deleted"));
        }
        if (made.get().fencingToken() > run.fencingToken()) {
            return new Launched.Superseded();
        }
        if (made.get().fencingToken() < run.fencingToken()) {
            calls.retoken(run);
        }
        if (open || (same && !resuming && isOpen(objects, job))) {
            return removed(run, objects, job);
        }
        LOG.info("adopted run={} same={}", run.name(), same);
        return new Launched.There(job, same ? Optional.of(objects) : Optional.empty());
    }

    /** Whoever made it may have died, or had no answer, before it was compared. Of other settings it may well be: that opens nothing. */
    private static boolean isOpen(RunObjects objects, V1Job job) {
        return Dropped.unsafe(objects.job(), job).stream().anyMatch(Dropped::isSetByNobody);
    }

    private Observation told(ClusterFault fault) {
        return switch (fault.kind()) {
            // what another began may be running: it counts as begun
            case FORBIDDEN, UNREACHABLE, BUSY ->
                resuming ? new Observation.Lost(Loss.NODE_LOST, fault.getMessage()) : refusal(fault);
            case QUOTA, INVALID, NOT_FOUND, CONFLICT, OTHER -> refusal(fault);
        };
    }

    /** What a fault means for a run whose program cannot have begun. */
    static Observation.Failed refusal(ClusterFault fault) {
        return switch (fault.kind()) {
            // whoever refuses may think better of it: the run waits, and says why
            case QUOTA -> new Observation.Failed(Failure.NO_CAPACITY, fault.getMessage());
            case FORBIDDEN -> new Observation.Failed(Failure.REFUSED, fault.getMessage());
            case UNREACHABLE, BUSY -> new Observation.Failed(Failure.UNREACHABLE, fault.getMessage());
            case INVALID -> new Observation.Failed(Failure.SPEC_REFUSED, fault.getMessage());
            case NOT_FOUND, CONFLICT, OTHER -> new Observation.Failed(Failure.SANDBOX_BROKEN, fault.getMessage());
        };
    }
}
