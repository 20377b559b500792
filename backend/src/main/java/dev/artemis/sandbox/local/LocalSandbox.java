package dev.artemis.sandbox.local;

import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.sandbox.SandboxSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs on this machine, each in a bubblewrap sandbox. Where that does not work, nothing runs, and {@link #isolation()} says what to do. */
public final class LocalSandbox implements Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSandbox.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Map<RunRef, LocalRun> runs = new ConcurrentHashMap<>();
    private final @Nullable Workshop workshop;
    private final Isolation isolation;
    private volatile Observations observations = (run, observation) -> {
        throw new IllegalStateException("not opened");
    };

    private LocalSandbox(@Nullable Workshop workshop, Isolation isolation) {
        this.workshop = workshop;
        this.isolation = isolation;
    }

    /** Prepares this machine and tries one harmless program for real. Never throws: see {@link #isolation()}. */
    public static LocalSandbox on(LocalSandboxSettings settings) {
        Optional<String> missing = Probe.missing(settings);
        if (missing.isPresent()) {
            return new LocalSandbox(null, none(missing.get()));
        }
        try {
            Workshop workshop = Workshop.open(settings);
            Isolation isolation = Probe.attempt(workshop);
            return new LocalSandbox(workshop, isolation);
        } catch (IOException e) {
            return new LocalSandbox(
                    null,
                    none("the runner cannot be unpacked into " + settings.folder()
                            + "; set artemis.sandbox.local.folder to a folder that every user can reach: " + e));
        }
    }

    private static Isolation none(String why) {
        return new Isolation(Isolation.Strength.NONE, List.of(), List.of(why));
    }

    @Override
    public String backend() {
        return "local";
    }

    @Override
    public String subject() {
        return LocalSandboxCheck.SUBJECT;
    }

    @Override
    public Isolation isolation() {
        return isolation;
    }

    @Override
    public void open(Observations to) {
        observations = to;
    }

    @Override
    public void start(RunRef run, SandboxSpec spec) {
        if (workshop == null || isolation.strength() == Isolation.Strength.NONE) {
            observations.observe(
                    run, new Observation.Failed(Failure.SANDBOX_BROKEN, String.join("; ", isolation.lacks())));
            return;
        }
        LocalRun fresh = new LocalRun(run, spec, workshop, observations);
        if (runs.putIfAbsent(run, fresh) == null) {
            Thread.ofPlatform().daemon().name(run.name()).start(fresh);
        }
    }

    @Override
    public void cancel(RunRef run) {
        LocalRun known = runs.get(run);
        if (known != null) {
            known.cancel();
        }
    }

    @Override
    public List<Live> list() {
        return runs.values().stream().map(LocalRun::live).toList();
    }

    @Override
    public void forget(RunRef run) {
        LocalRun known = runs.remove(run);
        if (known != null && !known.hasEnded()) {
            known.silence();
        }
    }

    @Override
    public void close() {
        List<LocalRun> all = List.copyOf(runs.values());
        all.forEach(LocalRun::silence);
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!all.stream().allMatch(LocalRun::hasEnded) && System.nanoTime() < until) {
            LockSupport.parkNanos(5_000_000);
        }
        if (workshop != null) {
            try {
                workshop.close();
            } catch (IOException e) {
                LOG.warn("the sandbox's folder stays for the next sweep", e);
            }
        }
    }
}
