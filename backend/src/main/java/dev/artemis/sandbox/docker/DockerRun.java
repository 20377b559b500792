package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.KillReason;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Loss;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.runner.Tally;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run that we hold: started or adopted, followed on a thread of its own until its end, and ended when that is due. */
final class DockerRun {

    private static final Logger LOG = LoggerFactory.getLogger(DockerRun.class);

    /** A runner that was told to end has so long to tell what there was; then it is killed. */
    private static final Duration LAST_WORDS = Duration.ofMillis(1_200);

    /** A launch takes a fraction of a second, unless the engine hangs. */
    static final Duration LAUNCH_MOST = Duration.ofSeconds(10);

    /** After the wall clock the runner has this long to end all and to tell. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    /** Finds or makes the run's container, and says nothing of it until it runs. */
    @FunctionalInterface
    interface Launch {
        /** @throws EngineFault when the engine does not do it */
        Launched launch(DockerRun run) throws InterruptedException;
    }

    /** What became of a launch. */
    sealed interface Launched {

        record There(String container, ContainerLabels labels) implements Launched {}

        /** It was cancelled before it could begin. */
        record NeverStarted() implements Launched {}

        /** A newer claim has it: there is nothing to tell. */
        record Superseded() implements Launched {}
    }

    private final RunRef ref;
    private final Engine engine;
    private final DockerSettings settings;
    private final Observations observations;
    private volatile Live.State state = Live.State.ACCEPTED;
    private volatile boolean silent;
    private volatile @Nullable String container;
    private volatile @Nullable Thread thread;

    private @Nullable KillReason wanted;
    private long wantedAt;
    private long dueAt = Long.MAX_VALUE;

    DockerRun(RunRef ref, Engine engine, DockerSettings settings, Observations observations) {
        this.ref = ref;
        this.engine = engine;
        this.settings = settings;
        this.observations = observations;
    }

    RunRef ref() {
        return ref;
    }

    Live live() {
        return new Live(ref, state);
    }

    void begin(Launch launch) {
        thread = Thread.ofVirtual().name(ref.name()).start(() -> conclude(launch));
    }

    synchronized boolean isCancelled() {
        return wanted == KillReason.CANCELLED;
    }

    /** Why it was ended from here, if it was. */
    synchronized Optional<KillReason> wanted() {
        return Optional.ofNullable(wanted);
    }

    synchronized void cancel() {
        want(KillReason.CANCELLED);
    }

    /** Tells nobody any more; the container goes on. A launch is not broken off: half done, it would leave a container that waits for its job. */
    void silence() {
        silent = true;
        Thread following = thread;
        if (following != null && container != null) {
            following.interrupt();
        }
    }

    /** Waits, so long at most, until one that is silenced does no more with its container. */
    void awaitSilence(Duration most) {
        Thread following = thread;
        try {
            if (following != null && most.isPositive()) {
                following.join(most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void observe(Observation observation) {
        if (silent) {
            return;
        }
        try {
            observations.observe(ref, observation);
        } catch (RuntimeException e) {
            LOG.error("run {}: an observation was not taken", ref.name(), e);
        }
    }

    boolean hasBegun() {
        return state != Live.State.ACCEPTED;
    }

    /** Its container's program has begun. */
    synchronized void begun(Duration wallTimeout) {
        state = Live.State.RUNNING;
        dueAt = System.nanoTime() + wallTimeout.plus(GRACE).toNanos();
    }

    /** Asks, and after a while forces, a run to end that shall; called several times a second. */
    void endIfDue() {
        String running = container;
        if (running == null || state == Live.State.ENDED) {
            return;
        }
        Optional<Duration> since = wantedSince();
        if (since.isPresent()) {
            engine.kill(running, since.get().compareTo(LAST_WORDS) < 0 ? "SIGTERM" : "SIGKILL");
        }
    }

    private synchronized Optional<Duration> wantedSince() {
        if (wanted == null && System.nanoTime() - dueAt > 0 && dueAt != Long.MAX_VALUE) {
            want(KillReason.WALL_TIMEOUT);
        }
        return wanted == null ? Optional.empty() : Optional.of(Duration.ofNanos(System.nanoTime() - wantedAt));
    }

    private synchronized void want(KillReason reason) {
        if (wanted == null) {
            wanted = reason;
            wantedAt = System.nanoTime();
        }
    }

    private void conclude(Launch launch) {
        Optional<Observation> last;
        try {
            last = end(launch);
        } catch (EngineFault fault) {
            last = Optional.of(new Observation.Failed(Failure.SANDBOX_BROKEN, String.valueOf(fault.getMessage())));
        } catch (InterruptedException e) {
            return; // silenced: another goes on with it, or nobody wants to know
        } catch (RuntimeException e) {
            LOG.error("run {}: the sandbox failed", ref.name(), e);
            last = Optional.of(new Observation.Lost(
                    Loss.NODE_LOST, "the sandbox failed: " + e.getClass().getSimpleName()));
        }
        state = Live.State.ENDED;
        last.ifPresent(this::observe);
    }

    private Optional<Observation> end(Launch launch) throws InterruptedException {
        return switch (launch.launch(this)) {
            case Launched.There(var id, var labels) -> {
                container = id;
                if (silent) {
                    throw new InterruptedException("silenced while it was launched");
                }
                observe(new Observation.Accepted());
                yield Optional.of(believed(new ContainerFollower(this, engine, settings, id, labels).follow()));
            }
            case Launched.NeverStarted _ -> {
                observe(new Observation.Accepted());
                yield Optional.of(new Tally().killed(KillReason.CANCELLED, Duration.ZERO, 0));
            }
            case Launched.Superseded _ -> {
                LOG.info("superseded run={}", ref.name());
                yield Optional.empty();
            }
        };
    }

    /** A runner that is told to end says cancelled. Unless we did so, somebody else ended the container, and the run is lost. */
    private Observation believed(Observation last) {
        if (last instanceof Observation.Finished(var result)
                && result.ending().equals(new Ending.Killed(KillReason.CANCELLED))
                && !isCancelled()) {
            return new Observation.Lost(Loss.NODE_LOST, "the container was ended from outside");
        }
        return last;
    }
}
