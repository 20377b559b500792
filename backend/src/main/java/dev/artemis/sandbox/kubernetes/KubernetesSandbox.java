package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.Usage;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs as Jobs of a cluster. What was started goes on without us: whoever is asked to follow it next, here or on another instance, does.
 */
final class KubernetesSandbox implements Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesSandbox.class);
    private static final int TRIES = 30;

    /** A pod mounts what it was given within that, and an input that stays for it is the same pod's still. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration LONG = Duration.ofSeconds(30);

    /** That a removal takes from its begin until it shows, in a cluster that answers. */
    private static final Duration REMOVED_WITHIN = Duration.ofSeconds(3);

    /** Of the Jobs that a quota allows, a tenth may have ended and wait for their removal. */
    private static final int SHARE_LEAVING = 10;

    /** A cluster that does not answer for so long is away; for less, a watch was broken. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final KubernetesSettings settings;
    private final ClusterCalls calls;
    private final ClusterProbe probe;
    private final RunNamespaces namespaces;
    private final Standing standing;
    private final RunnerConfigMap runner;
    private final Clock clock;
    private final ClusterWatch watch;
    private final OldRunners oldRunners;
    private final Removals removals;
    private final Map<String, Held> runs = new ConcurrentHashMap<>();
    private volatile Observations observations = (run, observation) -> {
        throw new IllegalStateException("not opened");
    };

    /** @param pods what was last found by such */
    KubernetesSandbox(KubernetesSettings settings, ClusterClients clients, Clock clock, Supplier<PodSight> pods) {
        this.settings = settings;
        this.calls = new ClusterCalls(clients, settings);
        this.runner = RunnerConfigMap.built();
        this.namespaces = new RunNamespaces(clients.calls(), settings, runner);
        this.standing = new Standing(clients.calls(), settings);
        this.probe = new ClusterProbe(clients.calls(), settings, pods);
        this.clock = clock;
        this.watch = new ClusterWatch(calls, this::changed);
        this.oldRunners = new OldRunners(calls, clients.calls(), runner);
        this.removals = new Removals(
                () -> runs.values().stream().anyMatch(Held::isStarting),
                this::remove,
                settings.quota().jobs() / SHARE_LEAVING,
                Removals.LONGEST);
    }

    @Override
    public String backend() {
        return "kubernetes";
    }

    @Override
    public String subject() {
        return ClusterCheck.SUBJECT;
    }

    /** While the cluster does not answer, or refuses us, none is taken: runs wait in the queue rather than at its door. */
    @Override
    public Isolation isolation() {
        return watch.lost()
                .filter(lost -> lost.duration().compareTo(SILENCE) >= 0)
                .map(lost -> "the cluster has not answered for %d s: runs wait in the queue until it does (%s)"
                        .formatted(lost.duration().toSeconds(), lost.why()))
                .or(() -> standing.refusal()
                        .map(words -> "the cluster refuses us: runs wait in the queue until it does not (%s)"
                                .formatted(words)))
                .map(why -> new Isolation(Isolation.Strength.NONE, List.of(), List.of(why)))
                .orElseGet(() -> standing.againstUs()
                        .map(why -> probe.isolation().lacking(why))
                        .orElseGet(probe::isolation));
    }

    @Override
    public void open(Observations to) {
        observations = to;
        watch.open();
        oldRunners.open();
        removals.open();
    }

    @Override
    public void start(RunRef run, SandboxSpec spec) {
        hold(run, there -> true, (launch, cluster, held) -> launch.launch(cluster, run, spec, () -> held.cancelled));
    }

    /** One whose end was told, and which is still wanted, is followed once more: who was told did not take it. */
    @Override
    public void follow(RunRef run, SandboxSpec spec) {
        hold(run, there -> !there.isOver(), (launch, cluster, held) -> launch.resume(cluster, run, spec));
    }

    /** How a run's Job comes to be there. */
    @FunctionalInterface
    private interface Way {
        RunLaunch.Launched to(RunLaunch launch, Cluster cluster, Held held) throws InterruptedException;
    }

    /** @param stays whether what is held of the same claim stays */
    private void hold(RunRef run, Predicate<Held> stays, Way way) {
        runs.compute(run.name(), (name, before) -> {
            if (before != null && before.run.fencingToken() > run.fencingToken()) {
                return before;
            }
            if (before != null && before.run.equals(run) && stays.test(before)) {
                return before;
            }
            if (before != null) {
                before.silence();
            }
            Held held = new Held(run);
            held.begin(() -> launch(held, way));
            return held;
        });
    }

    @Override
    public void cancel(RunRef run) {
        Held held = runs.get(run.name());
        if (held != null) {
            held.cancel();
            return;
        }
        // another instance follows it, and will see that its Job was stopped
        background("cancel-" + run.name(), () -> calls.stop(run));
    }

    @Override
    public void conclude(RunRef run) {
        Held held = runs.get(run.name());
        if (held != null) {
            held.conclude();
        }
    }

    /** As the cluster shows it now. Throws a {@link ClusterFault} where it does not answer: nobody judges by what was. */
    @Override
    public List<Live> list() {
        Map<String, Live> all = new HashMap<>();
        runs.forEach((name, held) -> {
            if (held.launching) {
                all.put(name, new Live(held.run, Live.State.ACCEPTED));
            }
        });
        for (V1Pod pod : watch.strays()) {
            RunLabels.readPod(pod.getMetadata()).ifPresent(run -> {
                Held held = runs.get(run.name());
                Picture alone = new Picture(Optional.empty(), List.of(pod));
                all.put(run.name(), new Live(run, held != null && held.ended ? Live.State.ENDED : state(alone)));
            });
        }
        Set<RunRef> leaving = removals.waiting();
        for (V1Job job : calls.jobs().getItems()) {
            RunLabels.read(job.getMetadata())
                    .filter(run -> !leaving.contains(run))
                    .ifPresent(run -> {
                        Held held = runs.get(run.name());
                        all.put(run.name(), new Live(run, held != null && held.ended ? Live.State.ENDED : state(job)));
                    });
        }
        return List.copyOf(all.values());
    }

    /** The owner's name is a setting, and has a default. */
    @Override
    public boolean mayShareItsName() {
        return true;
    }

    @Override
    public boolean isShared() {
        return true;
    }

    private Live.State state(V1Job job) {
        if (hasEnded(job)) {
            return Live.State.ENDED;
        }
        return state(new Picture(
                Optional.of(job), watch.picture(job.getMetadata().getName()).pods()));
    }

    private static Live.State state(Picture picture) {
        return switch (Sight.of(picture, Optional.empty())) {
            case Sight.Pending pending -> Live.State.ACCEPTED;
            case Sight.Suspended suspended -> Live.State.ACCEPTED;
            case Sight.Hopeless hopeless -> Live.State.ACCEPTED;
            case Sight.Running running -> Live.State.RUNNING;
            case Sight.Ended ended -> Live.State.ENDED;
            case Sight.Gone gone -> Live.State.ENDED;
        };
    }

    private static boolean hasEnded(V1Job job) {
        V1JobStatus status = job.getStatus();
        return status != null && (isPositive(status.getSucceeded()) || isPositive(status.getFailed()));
    }

    private static boolean isPositive(@Nullable Integer count) {
        return count != null && count > 0;
    }

    /** As long again for the create, while the cluster does not answer; the pod's removal; and the wait in Kueue's queue. */
    @Override
    public Duration longestStart() {
        return settings.startTimeout()
                .multipliedBy(2)
                .plusMinutes(1)
                .plus(settings.queue().isPresent() ? settings.queueTimeout() : Duration.ZERO);
    }

    @Override
    public Duration longestRemoval() {
        return Removals.LONGEST.plus(REMOVED_WITHIN);
    }

    @Override
    public void forget(RunRef run) {
        Held before = runs.get(run.name());
        runs.computeIfPresent(run.name(), (name, held) -> {
            // one that a newer claim holds is not meant
            if (held.run.fencingToken() > run.fencingToken()) {
                return held;
            }
            held.silence();
            return null;
        });
        if (before != null && before.run.equals(run) && before.finished) {
            removals.add(run);
        } else {
            remove(run);
        }
    }

    /** What has ended counts against a quota of Jobs, and of pods, in its namespace. */
    @Override
    public void makeRoom(UUID tenant) {
        removals.hurry(run -> !settings.namespacePerTenant() || run.tenant().equals(tenant));
    }

    private Thread remove(RunRef run) {
        return background("forget-" + run.name(), () -> {
            ours(run).ifPresent(job -> calls.deleteJob(run, job.getMetadata().getUid()));
            removeStrays(run);
        });
    }

    private void removeStrays(RunRef run) {
        watch.strays().stream()
                .map(V1Pod::getMetadata)
                .filter(pod -> RunLabels.readPod(pod).map(run::equals).orElse(false))
                .forEach(pod -> calls.deletePod(run, pod.getName(), pod.getUid()));
    }

    /** The Job of exactly this claim, as the watch knows it, else as the cluster says. */
    private Optional<V1Job> ours(RunRef run) {
        return watch.picture(run.name())
                .job()
                .filter(job -> isOf(run, job))
                .or(() -> calls.job(run).filter(job -> isOf(run, job)));
    }

    private static boolean isOf(RunRef run, V1Job job) {
        return RunLabels.read(job.getMetadata()).map(run::equals).orElse(false);
    }

    @Override
    public Set<UUID> tenants() {
        return settings.namespacePerTenant()
                ? calls.namespaces().stream()
                        .map(settings::tenantOf)
                        .filter(Predicate.not(KubernetesSettings.NOBODY::equals))
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** With its namespace go its Jobs. Where that is not allowed to us it stays for an operator, and the log says so. */
    @Override
    public void leave(UUID tenant) {
        if (!settings.namespacePerTenant()) {
            return;
        }
        try {
            calls.deleteNamespace(settings.namespaceOf(tenant));
            LOG.info("namespace removed tenant={}", tenant);
        } catch (ClusterFault fault) {
            if (fault.kind() != ClusterFault.Kind.FORBIDDEN) {
                throw fault;
            }
            LOG.warn("the namespace of a team that left stays, tenant={}: apply k8s/bounds, or delete it", tenant);
        }
        namespaces.doubt(tenant);
    }

    @Override
    public void close() {
        oldRunners.close();
        removals.close();
        watch.close();
        runs.values().forEach(Held::silence);
    }

    private void changed(String name) {
        Held held = runs.get(name);
        if (held != null) {
            held.inbox.changed();
        }
    }

    private void launch(Held held, Way way) throws InterruptedException {
        Optional<Cluster> cluster = probe.cluster(runner);
        if (cluster.isEmpty()) {
            held.tell(new Observation.Failed(
                    Failure.SANDBOX_BROKEN, String.join("; ", isolation().lacks())));
            return;
        }
        RunLaunch launch = new RunLaunch(settings, calls, namespaces, standing, clock);
        RunLaunch.Launched launched = way.to(launch, cluster.get(), held);
        held.launching = false;
        switch (launched) {
            case RunLaunch.Launched.There there -> {
                Optional<RunTerms> terms = RunTerms.of(there.job());
                if (terms.isPresent()) {
                    follow(
                            held,
                            terms.get(),
                            there.input().map(input -> pod -> launch.supply(held.run, input, there.job(), pod)));
                } else {
                    held.tell(new Observation.Failed(
                            Failure.SANDBOX_BROKEN, "the cluster changed the Job " + held.run.name() + " beyond use"));
                }
            }
            case RunLaunch.Launched.Failed failed -> held.tell(failed.observation());
            case RunLaunch.Launched.Superseded superseded -> LOG.info("superseded run={}", held.run.name());
            case RunLaunch.Launched.Cancelled cancelled -> held.tell(neverStarted());
        }
    }

    private Observation neverStarted() {
        Instant now = clock.instant();
        Captured nothing = new Captured(0, 0, 0);
        return new Observation.Finished(new Result(
                new Ending.Killed(KillReason.CANCELLED),
                new Usage(Duration.ZERO, Duration.ZERO, 0),
                nothing,
                nothing,
                now,
                now));
    }

    private void follow(Held held, RunTerms terms, Optional<RunFollower.Supply> input) throws InterruptedException {
        held.tell(new Observation.Accepted());
        new RunFollower(
                        held.run,
                        terms,
                        settings,
                        calls,
                        watch,
                        held.inbox,
                        clock,
                        held::tell,
                        input,
                        () -> release(held, terms))
                .follow(() -> held.cancelled, () -> held.concluded);
    }

    /** What ends within a moment takes its input with it, as its Job is removed: one request fewer for each short run. */
    private void release(Held held, RunTerms terms) {
        background("release-" + held.run.name(), () -> {
            if (!held.endsWithin(SHORT)) {
                terms.inputs()
                        .forEach(input -> calls.emptyInput(RunObjects.emptied(settings, held.run, input, terms.uid())));
            }
        });
    }

    private static boolean isLast(Observation observation) {
        return switch (observation) {
            case Observation.Accepted accepted -> false;
            case Observation.Started started -> false;
            case Observation.Output output -> false;
            case Observation.Finished finished -> true;
            case Observation.Failed failed -> true;
            case Observation.Lost lost -> true;
        };
    }

    private static Thread background(String name, Runnable action) {
        return Thread.ofVirtual().name(name).start(() -> {
            for (int left = TRIES; left > 0; left--) {
                try {
                    action.run();
                    return;
                } catch (ClusterFault fault) {
                    LOG.info("again action={} why={}", name, fault.getMessage());
                    if (!fault.passing() || !pause()) {
                        return;
                    }
                }
            }
        });
    }

    private static boolean pause() {
        try {
            Thread.sleep(Duration.ofSeconds(1));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Something that a run's thread does until it is interrupted. */
    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    /** A run that we follow, or have followed to its end and were not told to forget. */
    private final class Held {

        private final RunRef run;
        private final Inbox inbox = new Inbox();
        private volatile boolean launching = true;
        private volatile boolean cancelled;
        private volatile boolean concluded;
        private volatile boolean silent;
        private volatile boolean ended;
        private volatile boolean finished;
        private volatile boolean starting = true;
        private final long since = System.nanoTime();
        private volatile Thread thread = Thread.ofVirtual().unstarted(() -> {});

        Held(RunRef run) {
            this.run = run;
        }

        void begin(Work work) {
            thread = Thread.ofVirtual().name(run.name()).start(() -> {
                try {
                    work.run();
                } catch (Exception e) {
                    // silenced: another goes on with it, or nobody wants to know
                    if (!silent) {
                        LOG.error("following failed run={}", run.name(), e);
                        tell(new Observation.Lost(
                                Loss.RECORD_MISSING,
                                "a fault of ours: " + e.getClass().getSimpleName()));
                    }
                } finally {
                    launching = false;
                    starting = false;
                }
            });
        }

        void tell(Observation observation) {
            if (silent) {
                return;
            }
            if (isLast(observation)) {
                ended = true;
            }
            if (observation instanceof Observation.Failed full && full.failure() == Failure.NO_CAPACITY) {
                makeRoom(run.tenant());
            }
            finished |= observation instanceof Observation.Finished;
            starting &= observation instanceof Observation.Accepted || observation instanceof Observation.Output;
            try {
                observations.observe(run, observation);
            } catch (RuntimeException e) {
                LOG.error("observation not taken run={}", run.name(), e);
            }
        }

        /** What has not started for long waits for room or its queue, and no node is busy with it. */
        boolean isStarting() {
            return starting && System.nanoTime() - since < LONG.toNanos();
        }

        void cancel() {
            cancelled = true;
            inbox.changed();
        }

        void conclude() {
            concluded = true;
            inbox.changed();
        }

        boolean isOver() {
            return !thread.isAlive();
        }

        /** Waits for that. A run that goes on is one that may go on for long. */
        boolean endsWithin(Duration moment) {
            try {
                return thread.join(moment) && ended;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        void silence() {
            silent = true;
            thread.interrupt();
        }
    }
}
