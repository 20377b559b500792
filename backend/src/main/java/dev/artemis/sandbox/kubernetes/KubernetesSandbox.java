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
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs as Jobs of a cluster. What was started goes on without us: whoever opens the sandbox next, here or on another instance, adopts it.
 */
final class KubernetesSandbox implements Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesSandbox.class);
    private static final int DELETE_TRIES = 5;

    private final KubernetesSettings settings;
    private final ClusterCalls calls;
    private final ClusterProbe probe;
    private final RunNamespaces namespaces;
    private final RunnerConfigMap runner;
    private final Clock clock;
    private final ClusterWatch watch;
    private final Map<String, Held> runs = new ConcurrentHashMap<>();
    private volatile Observations observations = (run, observation) -> {
        throw new IllegalStateException("not opened");
    };

    KubernetesSandbox(KubernetesSettings settings, ClusterClients clients, Clock clock) {
        this.settings = settings;
        this.calls = new ClusterCalls(clients, settings);
        this.runner = RunnerConfigMap.built();
        this.namespaces = new RunNamespaces(clients.calls(), settings, runner);
        this.probe = new ClusterProbe(clients.calls(), settings);
        this.clock = clock;
        this.watch = new ClusterWatch(calls, this::changed);
    }

    @Override
    public String backend() {
        return "kubernetes";
    }

    @Override
    public Isolation isolation() {
        return probe.isolation();
    }

    @Override
    public void open(Observations to) {
        observations = to;
        watch.open();
        Thread.ofVirtual().name("adopt-runs").start(this::adopt);
    }

    @Override
    public void start(RunRef run, SandboxSpec spec) {
        runs.compute(run.name(), (name, before) -> {
            if (before != null && before.run.fencingToken() >= run.fencingToken()) {
                before.supply(spec);
                return before;
            }
            if (before != null) {
                before.silence();
            }
            Held held = new Held(run);
            held.begin(() -> launch(held, spec));
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

    /** As the cluster shows it now; where it does not answer, as it was seen last. */
    @Override
    public List<Live> list() {
        Map<String, Live> all = new HashMap<>();
        runs.forEach((name, held) -> {
            if (held.launching) {
                all.put(name, new Live(held.run, Live.State.ACCEPTED));
            }
        });
        for (V1Job job : jobs()) {
            RunLabels.read(job.getMetadata()).ifPresent(run -> {
                Held held = runs.get(run.name());
                all.put(run.name(), new Live(run, held != null && held.ended ? Live.State.ENDED : state(job)));
            });
        }
        return List.copyOf(all.values());
    }

    private List<V1Job> jobs() {
        try {
            return calls.jobs().getItems();
        } catch (ClusterFault fault) {
            if (!watch.seenOnce()) {
                throw fault;
            }
            return watch.allJobs();
        }
    }

    private Live.State state(V1Job job) {
        Picture picture = new Picture(
                Optional.of(job), watch.picture(job.getMetadata().getName()).pods());
        return switch (Sight.of(picture, Optional.empty())) {
            case Sight.Pending pending -> Live.State.ACCEPTED;
            case Sight.Suspended suspended -> Live.State.ACCEPTED;
            case Sight.Hopeless hopeless -> Live.State.ACCEPTED;
            case Sight.Running running -> Live.State.RUNNING;
            case Sight.Ended ended -> Live.State.ENDED;
            case Sight.Gone gone -> Live.State.ENDED;
        };
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
    public void forget(RunRef run) {
        runs.computeIfPresent(run.name(), (name, held) -> {
            // one that a newer claim holds is not meant
            if (held.run.fencingToken() > run.fencingToken()) {
                return held;
            }
            held.silence();
            return null;
        });
        background(
                "forget-" + run.name(),
                () -> ours(run).ifPresent(terms -> {
                    calls.deleteJob(run, terms.uid());
                }));
    }

    /** The Job of exactly this claim, as the watch knows it, else as the cluster says. */
    private Optional<RunTerms> ours(RunRef run) {
        return watch.picture(run.name())
                .job()
                .filter(job -> isOf(run, job))
                .or(() -> calls.job(run).filter(job -> isOf(run, job)))
                .flatMap(RunTerms::of);
    }

    private static boolean isOf(RunRef run, V1Job job) {
        return RunLabels.read(job.getMetadata()).map(run::equals).orElse(false);
    }

    @Override
    public void close() {
        watch.close();
        runs.values().forEach(Held::silence);
    }

    /** Everything that was there before us. */
    private void adopt() {
        try {
            watch.awaitFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        for (V1Job job : watch.allJobs()) {
            Optional<RunRef> run = RunLabels.read(job.getMetadata());
            Optional<RunTerms> terms = RunTerms.of(job);
            if (run.isPresent() && terms.isPresent() && job.getMetadata().getDeletionTimestamp() == null) {
                runs.computeIfAbsent(run.get().name(), name -> {
                    LOG.info("adopted run={}", name);
                    Held held = new Held(run.get());
                    held.launching = false;
                    held.adopted = true;
                    held.begin(() -> follow(held, terms.get()));
                    return held;
                });
            }
        }
    }

    private void changed(String name) {
        Held held = runs.get(name);
        if (held != null) {
            held.inbox.changed();
        }
    }

    private void launch(Held held, SandboxSpec spec) throws InterruptedException {
        Optional<Cluster> cluster = probe.cluster(runner);
        if (cluster.isEmpty()) {
            held.tell(new Observation.Failed(
                    Failure.SANDBOX_BROKEN, String.join("; ", isolation().lacks())));
            return;
        }
        RunLaunch.Launched launched = new RunLaunch(settings, calls, namespaces, clock)
                .launch(cluster.get(), held.run, spec, () -> held.cancelled);
        held.launching = false;
        switch (launched) {
            case RunLaunch.Launched.There there -> {
                Optional<RunTerms> terms = RunTerms.of(there.job());
                if (terms.isPresent()) {
                    follow(held, terms.get());
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

    private void follow(Held held, RunTerms terms) throws InterruptedException {
        held.tell(new Observation.Accepted());
        new RunFollower(held.run, terms, settings, calls, watch, held.inbox, clock, held::tell)
                .follow(() -> held.cancelled);
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

    private static void background(String name, Runnable action) {
        Thread.ofVirtual().name(name).start(() -> {
            for (int left = DELETE_TRIES; left > 0; left--) {
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
        private volatile boolean adopted;
        private volatile boolean cancelled;
        private volatile boolean silent;
        private volatile boolean ended;
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
                        tell(new Observation.Lost(Loss.RECORD_MISSING, "a fault of ours: " + e));
                    }
                } finally {
                    launching = false;
                }
            });
        }

        /** One that was there before us may lack its input: whoever created it can have died before that. */
        void supply(SandboxSpec spec) {
            if (adopted) {
                background(
                        "supply-" + run.name(),
                        () -> probe.cluster(runner)
                                .ifPresent(cluster ->
                                        new RunLaunch(settings, calls, namespaces, clock).supply(cluster, run, spec)));
            }
        }

        void tell(Observation observation) {
            if (silent) {
                return;
            }
            if (isLast(observation)) {
                ended = true;
            }
            try {
                observations.observe(run, observation);
            } catch (RuntimeException e) {
                LOG.error("observation not taken run={}", run.name(), e);
            }
        }

        void cancel() {
            cancelled = true;
            inbox.changed();
        }

        void silence() {
            silent = true;
            thread.interrupt();
        }
    }
}
