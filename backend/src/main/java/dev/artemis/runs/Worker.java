package dev.artemis.runs;

import dev.artemis.configuration.KnownFinding;
import dev.artemis.configuration.StartupReports;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.Failure;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.shared.RunId;
import dev.artemis.shared.TenantId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * This process as a worker: its sandbox, its lease, the attempts that it holds. Where the process has no such role, or no
 * sandbox, it holds nothing. On a stop it takes no more, lets its sandbox go and ends its lease, so that others find at
 * once what it left.
 */
@Component
class Worker implements SmartLifecycle {

    /** Before the supervisor's first look (0) and the first claim (100); stops after them. */
    static final int PHASE = -100;

    private static final Logger log = LoggerFactory.getLogger(Worker.class);
    private static final int FLUSH_MS = 100;
    private static final long LAST_BEAT_SECONDS = 5;

    /** What most likely meets the team's next run too. */
    private static final Set<Failure> NOT_LET_IN = Set.of(Failure.NO_CAPACITY, Failure.REFUSED, Failure.UNREACHABLE);

    private final UUID id = UUID.randomUUID();
    private final ProcessSettings process;
    private final RunSettings settings;
    private final Optional<Sandbox> sandbox;
    private final Workers workers;
    private final StartupReports checks;
    private final RunInputs inputs;
    private final TenantTransactions transactions;
    private final SandboxObservations observations;
    private final FullTeams fullTeams;
    private final Map<UUID, Attempt> attempts = new ConcurrentHashMap<>();
    private final Set<UUID> withoutRoom = ConcurrentHashMap.newKeySet();
    private final ExecutorService errands = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clockwork = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("worker-", 0).daemon().factory());
    private volatile Runnable slotFreed = () -> {};
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Isolation told = new Isolation(Isolation.Strength.NONE, List.of(), List.of());
    private volatile List<KnownFinding> found = List.of();
    private volatile LookAgain lookAgain = new LookAgain(System::nanoTime, told);
    private volatile boolean running;
    private volatile boolean reconciled;
    private volatile long leaseUnbrokenSince = System.nanoTime();
    private volatile Optional<Long> blindSince = Optional.empty();

    Worker(
            ProcessSettings process,
            RunSettings settings,
            ObjectProvider<Sandbox> sandbox,
            Workers workers,
            StartupReports checks,
            RunInputs inputs,
            TenantTransactions transactions,
            ObserveRuns observeRuns,
            FullTeams fullTeams,
            RunNotices notices) {
        this.fullTeams = fullTeams;
        this.process = process;
        this.settings = settings;
        this.sandbox = process.works() ? Optional.ofNullable(sandbox.getIfAvailable()) : Optional.empty();
        this.workers = workers;
        this.checks = checks;
        this.inputs = inputs;
        this.transactions = transactions;
        this.observations = new SandboxObservations(observeRuns::write, this::release);
        notices.onCancellation(run -> errands.execute(() -> cancel(run)));
        notices.onNoRoom(tenant -> this.sandbox.ifPresent(there -> there.makeRoom(tenant)));
    }

    /** An attempt that this worker holds. */
    private static final class Attempt {
        private final RunRef ref;
        private volatile boolean cancelled;

        Attempt(RunRef ref) {
            this.ref = ref;
        }
    }

    UUID id() {
        return id;
    }

    Optional<String> backend() {
        return sandbox.map(Sandbox::backend);
    }

    Optional<Isolation> isolation() {
        return sandbox.map(Sandbox::isolation).or(workers::isolation);
    }

    /** Whether it may take runs: it runs, has a sandbox that holds, and what that had before is reconciled with the database. */
    boolean isAble() {
        return running
                && sandbox.isPresent()
                && sandbox.get().isolation().strength() != Isolation.Strength.NONE
                && reconciled;
    }

    /** The supervisor has seen both sides. */
    void reconciled() {
        reconciled = true;
    }

    int freeSlots() {
        return Math.max(0, settings.slotsHere() - attempts.size());
    }

    /** Called whenever a slot becomes free. */
    void onSlotFreed(Runnable listener) {
        slotFreed = listener;
    }

    /** Takes hold of attempts at once, and asks the sandbox for each on a thread of its own. */
    void begin(List<RunRef> claimed) {
        claimed.forEach(ref -> attempts.put(ref.run(), new Attempt(ref)));
        claimed.forEach(ref ->
                errands.execute(() -> handOver(ref, (there, given) -> startUnlessCancelled(ref, there, given))));
    }

    /** Asks the sandbox once more; harmless where it has the attempt. A claim whose answer was lost is held from now on. */
    void start(RunRef ref) {
        hold(ref);
        handOver(ref, (there, given) -> there.start(ref, given.spec()));
    }

    /** Asks the sandbox to go on with an attempt that it has of another worker. */
    void follow(RunRef ref) {
        handOver(ref, (there, given) -> there.follow(ref, given.spec()));
    }

    /** What a sandbox is asked to do with an attempt. */
    @FunctionalInterface
    private interface Errand {
        void run(Sandbox sandbox, RunInputs.Given given);
    }

    /**
     * The attempt is held before its row is read: a cancellation of before is in the row, and one of after finds the attempt.
     * Another attempt's time has come where the row is not this one's: then there is nothing to do.
     */
    private void handOver(RunRef ref, Errand errand) {
        try {
            handOver(ref, errand, WhileAway.done(ref, () -> !running, () -> given(ref)));
        } catch (WhileAway.Stopped e) {
            log.info("Run is left to the next worker, run={}", ref.run());
        } catch (RuntimeException e) {
            log.warn("Run could not be handed to the sandbox, run={}", ref.run(), e);
            // the message may speak of what is no team's business
            observations.observe(
                    ref,
                    new Observation.Failed(
                            Failure.SANDBOX_BROKEN,
                            "it could not be handed to the sandbox: "
                                    + e.getClass().getSimpleName()));
        }
    }

    private Optional<RunInputs.Given> given(RunRef ref) {
        return transactions.inTenantBySql(new TenantId(ref.tenant()), () -> inputs.given(ref));
    }

    private void handOver(RunRef ref, Errand errand, Optional<RunInputs.Given> given) {
        if (given.isEmpty()) {
            log.warn("Attempt is not the current one, run={} attempt={}", ref.run(), ref.attempt());
            release(ref);
            return;
        }
        errand.run(sandbox.orElseThrow(), given.get());
        Attempt attempt = attempts.get(ref.run());
        if (given.get().cancelRequested() || (attempt != null && attempt.cancelled)) {
            sandbox.get().cancel(ref);
        }
    }

    private void startUnlessCancelled(RunRef ref, Sandbox there, RunInputs.Given given) {
        if (given.cancelRequested()) {
            observations.observe(ref, new Observation.Failed(Failure.CANCELLED, "cancelled before its start"));
        } else {
            there.start(ref, given.spec());
        }
    }

    /** What the sandbox has, of this process or adopted. */
    List<Live> live() {
        try {
            List<Live> all = sandbox.map(Sandbox::list).orElse(List.of());
            blindSince = Optional.empty();
            return all;
        } catch (RuntimeException e) {
            blindSince = blindSince.or(() -> Optional.of(System.nanoTime()));
            throw e;
        }
    }

    /** Whether others may see what this worker has not seen for long. */
    private boolean isBlind() {
        long now = System.nanoTime();
        return sandbox.map(Sandbox::isShared).orElse(false)
                && blindSince
                        .filter(since ->
                                now - since > settings.sandboxPatience().toNanos())
                        .isPresent();
    }

    /** Whether that may hold runs of another installation. */
    boolean mayShareItsName() {
        return sandbox.map(Sandbox::mayShareItsName).orElse(false);
    }

    /** Teams for which the sandbox keeps something beyond their runs. */
    Set<UUID> tenants() {
        return sandbox.map(Sandbox::tenants).orElse(Set.of());
    }

    /** Has the sandbox remove what it keeps for a team that has left. */
    void leave(TenantId tenant) {
        sandbox.ifPresent(there -> there.leave(tenant.value()));
    }

    /** How long a start may take. */
    Duration longestStart() {
        return sandbox.map(Sandbox::longestStart).orElse(Duration.ZERO);
    }

    /** How long its sandbox may take to remove what has ended. */
    Duration longestRemoval() {
        return sandbox.map(Sandbox::longestRemoval).orElse(Duration.ZERO);
    }

    boolean holds(RunRef ref) {
        Attempt attempt = attempts.get(ref.run());
        return attempt != null && attempt.ref.equals(ref);
    }

    /** Counts an attempt that the sandbox brought along from an earlier process. */
    void adopt(RunRef ref) {
        hold(ref);
    }

    private void hold(RunRef ref) {
        attempts.compute(
                ref.run(),
                (run, there) ->
                        there != null && there.ref.fencingToken() >= ref.fencingToken() ? there : new Attempt(ref));
    }

    void cancel(RunRef ref) {
        sandbox.ifPresent(there -> there.cancel(ref));
    }

    /**
     * Whoever follows it tells its end by what is known of it. Where nobody does any more, since an end was told and not taken, it is followed once
     * more, and has until the next time to tell it with all that it printed.
     */
    void conclude(RunRef ref) {
        sandbox.ifPresent(there -> there.conclude(ref));
        if (sandbox.map(Sandbox::isShared).orElse(false)) {
            follow(ref);
        }
    }

    /** Removes an attempt that nobody waits for. */
    void drop(RunRef ref) {
        release(ref);
    }

    void observe(RunRef ref, Observation observation) {
        switch (observation) {
            case Observation.Failed failed
            when NOT_LET_IN.contains(failed.failure()) -> fullTeams.refused(ref.tenant());
            case Observation.Finished ended -> fullTeams.ended(ref.tenant());
            case Observation.Failed ended -> fullTeams.ended(ref.tenant());
            case Observation.Lost ended -> fullTeams.ended(ref.tenant());
            case Observation.Started started -> fullTeams.started(ref.tenant());
            case Observation.Accepted accepted -> {}
            case Observation.Output output -> {}
        }
        if (observation instanceof Observation.Failed failed && failed.failure() == Failure.NO_CAPACITY) {
            withoutRoom.add(ref.tenant());
        }
        observations.observe(ref, observation);
    }

    /**
     * Room that is shared is taken by what other workers' runs left, too. Once for all refusals since the last time: thousands may wait at a
     * full quota. Where the database is away the others make room in their own time.
     */
    private void tellNoRoom() {
        Set<UUID> teams = Set.copyOf(withoutRoom);
        withoutRoom.removeAll(teams);
        if (teams.isEmpty() || !sandbox.map(Sandbox::isShared).orElse(false)) {
            return;
        }
        try {
            workers.tellNoRoom(teams);
        } catch (RuntimeException e) {
            log.info("Others were not told that there is no room, tenants={}: {}", teams, e.getMessage());
        }
    }

    /** For how long others could rely on this worker's lease without a break. */
    Duration leaseUnbrokenFor() {
        return Duration.ofNanos(System.nanoTime() - leaseUnbrokenSince);
    }

    Duration lease() {
        return settings.lease();
    }

    @Override
    public void start() {
        if (sandbox.isEmpty()) {
            log.info("No runs are executed here, roles={}", process.roles());
            return;
        }
        told = sandbox.get().isolation();
        lookAgain = new LookAgain(System::nanoTime, told);
        found = found();
        workers.register(entry());
        sandbox.get().open(this::observe);
        running = true;
        long beat = Math.max(10, settings.lease().toMillis() / 4);
        clockwork.scheduleWithFixedDelay(this::renewLease, beat, beat, TimeUnit.MILLISECONDS);
        clockwork.scheduleWithFixedDelay(this::tellWhatCame, FLUSH_MS, FLUSH_MS, TimeUnit.MILLISECONDS);
        Isolation isolation = sandbox.get().isolation();
        if (isolation.strength() == Isolation.Strength.NONE) {
            log.error(
                    "No run can be executed here, backend={}: {}", sandbox.get().backend(), isolation.lacks());
        }
        log.info(
                "Worker is ready, worker={} backend={} isolation={} slots={}",
                id,
                sandbox.get().backend(),
                isolation.strength(),
                settings.slotsHere());
    }

    @Override
    public void stop() {
        if (!running) {
            return;
        }
        running = false;
        sandbox.ifPresent(Sandbox::close);
        observations.close();
        lastWords();
        stopBeating();
        errands.shutdown();
        leave();
    }

    /** Last of all, and to its end: a beat that was under way would renew the lease that is given up next. */
    private void stopBeating() {
        clockwork.shutdownNow();
        try {
            if (!clockwork.awaitTermination(LAST_BEAT_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The last beat has not ended, worker={}", id);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was printed last, where the database takes it: with the database away the supervisor of the next start mends. */
    private void lastWords() {
        try {
            observations.flush();
        } catch (WhileAway.Stopped e) {
            log.warn("The last output of some runs was not kept: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private Workers.Entry entry() {
        Sandbox there = sandbox.orElseThrow();
        return new Workers.Entry(id, name(), there.backend(), settings.slotsHere(), told, found);
    }

    /** One process of a name at a time: a later one of the same machine, port and folder is its next life. */
    private String name() {
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + process.instance();
        } catch (UnknownHostException e) {
            return "unknown:" + id;
        }
    }

    /** A worker is not stopped and started again: its sandbox lives as long as it does. */
    @Override
    public boolean isPauseable() {
        return false;
    }

    private void cancel(RunId run) {
        Attempt attempt = attempts.get(run.value());
        if (attempt != null) {
            attempt.cancelled = true;
            cancel(attempt.ref);
        }
    }

    private void release(RunRef ref) {
        attempts.computeIfPresent(ref.run(), (run, attempt) -> attempt.ref.equals(ref) ? null : attempt);
        fullTeams.released(ref.tenant());
        slotFreed.run();
        errands.execute(() -> sandbox.ifPresent(there -> there.forget(ref)));
    }

    private void leave() {
        try {
            workers.leave(id);
        } catch (RuntimeException e) {
            log.warn("The lease could not be ended and will run out, worker={}: {}", id, e.getMessage());
        }
    }

    /** What this process's checks know of where its runs go, and of what they may hold there. */
    private List<KnownFinding> found() {
        return checks.known(subjects());
    }

    private Set<String> subjects() {
        return Set.of(sandbox.orElseThrow().subject(), ResourceLimitsCheck.SUBJECT);
    }

    /** Beside the beat: it takes seconds, and longer where nobody answers. */
    private void lookAgainIfDue() {
        LookAgain due = lookAgain;
        if (due.isDue(told)) {
            errands.execute(() -> {
                try {
                    checks.lookAgain(subjects());
                } finally {
                    due.done();
                }
            });
        }
    }

    /** Beside the lease's beat: an engine that does not answer must not cost the lease. */
    private void askIsolation() {
        if (asking.compareAndSet(false, true)) {
            errands.execute(() -> {
                try {
                    told = sandbox.orElseThrow().isolation();
                    lookAgainIfDue();
                    found = found();
                } finally {
                    asking.set(false);
                }
            });
        }
    }

    private void renewLease() {
        try {
            askIsolation();
            if (isBlind()) {
                // others go on with what it holds, if they see it; when it sees again it is heard again
                leaseUnbrokenSince = System.nanoTime();
                log.warn("The sandbox has not been seen for long, and the lease runs out, worker={}", id);
                return;
            }
            if (!workers.renew(entry())) {
                leaseUnbrokenSince = System.nanoTime();
                log.warn("The lease had run out, worker={}", id);
            }
        } catch (RuntimeException e) {
            leaseUnbrokenSince = System.nanoTime();
            log.warn("The lease could not be renewed, worker={}: {}", id, e.getMessage());
        }
    }

    private void tellWhatCame() {
        flush();
        tellNoRoom();
    }

    private void flush() {
        try {
            observations.flush();
        } catch (RuntimeException e) {
            log.warn("Output could not be written, worker={}: {}", id, e.getMessage());
        }
    }
}
