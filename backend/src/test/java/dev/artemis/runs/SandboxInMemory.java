package dev.artemis.runs;

import dev.artemis.sandbox.Captured;
import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.Result;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.Usage;
import dev.artemis.shared.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A sandbox that holds what it is given until the test says what happens to it. */
public final class SandboxInMemory implements Sandbox {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Map<RunRef, SandboxSpec> runs = new ConcurrentHashMap<>();
    private final Set<UUID> roomMadeFor = ConcurrentHashMap.newKeySet();
    private final Set<UUID> tenants = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile @Nullable Observations observations;
    private volatile boolean away;
    private volatile boolean closing;
    private volatile CountDownLatch mayClose = new CountDownLatch(0);
    private final AtomicInteger beats = new AtomicInteger();
    private volatile CountDownLatch mayBeat = new CountDownLatch(0);

    @Override
    public String backend() {
        return "local";
    }

    @Override
    public String subject() {
        return "sandbox";
    }

    @Override
    public Isolation isolation() {
        asked.incrementAndGet();
        return new Isolation(Isolation.Strength.FULL, List.of("nothing: it runs nothing"), List.of());
    }

    @Override
    public void open(Observations to) {
        observations = to;
    }

    @Override
    public void start(RunRef run, SandboxSpec spec) {
        if (runs.putIfAbsent(run, spec) == null) {
            tell(run, new Observation.Accepted());
        }
    }

    @Override
    public void cancel(RunRef run) {
        if (runs.containsKey(run)) {
            ends(run, new Ending.Killed(dev.artemis.sandbox.KillReason.CANCELLED));
        }
    }

    @Override
    public List<Live> list() {
        if (away) {
            throw new IllegalStateException("the sandbox is away");
        }
        return runs.keySet().stream()
                .map(run -> new Live(run, Live.State.RUNNING))
                .toList();
    }

    @Override
    public boolean mayShareItsName() {
        return true;
    }

    /** Asked in each beat. */
    @Override
    public boolean isShared() {
        beats.incrementAndGet();
        awaitToItsEnd(mayBeat);
        return true;
    }

    /** Whatever interrupts it, as one that waits for a database's answer. */
    private static void awaitToItsEnd(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // goes on
            }
        }
    }

    /** Each beat from now on takes until then. Returns once one is under way. */
    void beatsAfter(CountDownLatch latch) {
        mayBeat = latch;
        int before = beats.get();
        RunsFixture.awaitUntil(() -> beats.get() > before);
    }

    @Override
    public void forget(RunRef run) {
        runs.remove(run);
    }

    @Override
    public Set<UUID> tenants() {
        return Set.copyOf(tenants);
    }

    @Override
    public void leave(UUID tenant) {
        tenants.remove(tenant);
    }

    @Override
    public void makeRoom(UUID tenant) {
        roomMadeFor.add(tenant);
    }

    /** Teams that it was asked to make room for. */
    Set<UUID> roomMadeFor() {
        return Set.copyOf(roomMadeFor);
    }

    /** Keeps something for a team beyond its runs. */
    public void keepsFor(UUID tenant) {
        tenants.add(tenant);
    }

    @Override
    public void close() {
        closing = true;
        try {
            mayClose.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        observations = null;
    }

    /** Takes its time when it is closed. */
    void closesAfter(CountDownLatch latch) {
        mayClose = latch;
    }

    boolean isClosing() {
        return closing;
    }

    /** What it was given and has not forgotten. */
    public List<RunRef> held() {
        return List.copyOf(runs.keySet());
    }

    /** Waits until it was given a run, in whichever attempt. */
    RunRef given(RunId run) {
        RunsFixture.awaitUntil(() -> attempts(run).findFirst().isPresent());
        return attempts(run).findFirst().orElseThrow();
    }

    /** What it holds of a run. */
    public Stream<RunRef> attempts(RunId run) {
        return held().stream().filter(ref -> ref.run().equals(run.value()));
    }

    /** Loses a run without a word, as a dead machine would. */
    public void loses(RunRef run) {
        runs.remove(run);
    }

    /** Holds something that nobody gave it, as a cluster after a lost delete would. */
    public void holdsStray(RunRef run, SandboxSpec spec) {
        runs.put(run, spec);
    }

    /** Does not say what it has until it comes back. */
    public void goesAway() {
        away = true;
    }

    public void comesBack() {
        away = false;
    }

    /** How often it was asked how well it holds. */
    public int asked() {
        return asked.get();
    }

    public void starts(RunRef run) {
        tell(run, new Observation.Started(NOON));
    }

    public void prints(RunRef run, long offset, String text) {
        tell(run, new Observation.Output(Channel.STDOUT, offset, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** It used one CPU-second in two seconds, and 512 MiB. */
    public void ends(RunRef run, Ending ending) {
        var usage = new Usage(Duration.ofSeconds(2), Duration.ofSeconds(1), 512L * 1024 * 1024);
        var captured = new Captured(0, 0, 0);
        tell(run, new Observation.Finished(new Result(ending, usage, captured, captured, NOON, NOON.plusSeconds(2))));
    }

    public void tell(RunRef run, Observation observation) {
        Observations to = observations;
        if (to != null) {
            to.observe(run, observation);
        }
    }
}
