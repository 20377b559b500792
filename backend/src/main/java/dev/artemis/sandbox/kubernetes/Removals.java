package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.RunRef;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What ended runs left in the cluster is removed once no run waits there for its start, or after a moment: to take a pod down keeps its node
 * from starting others, and nobody waits for it (ADR-0076).
 */
final class Removals implements AutoCloseable {

    static final Duration LONGEST = Duration.ofSeconds(6);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    /** Begins to remove what a run left, and returns the thread that does. */
    @FunctionalInterface
    interface Removal {
        Thread begin(RunRef run);
    }

    /** @param since in the clock of System.nanoTime */
    private record Waiting(RunRef run, long since) {}

    private final BooleanSupplier starting;
    private final Removal remove;
    private final int most;
    private final Duration longest;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Thread thread = Thread.ofVirtual().name("removals").unstarted(this::work);
    private boolean closed;

    /**
     * @param starting whether any run waits for its start
     * @param most of them that wait at a time
     * @param longest that one waits
     */
    Removals(BooleanSupplier starting, Removal remove, int most, Duration longest) {
        this.starting = starting;
        this.remove = remove;
        this.most = most;
        this.longest = longest;
    }

    void open() {
        thread.start();
    }

    synchronized void add(RunRef run) {
        if (closed) {
            remove.begin(run);
            return;
        }
        waiting.addLast(new Waiting(run, System.nanoTime()));
        notifyAll();
    }

    synchronized Set<RunRef> waiting() {
        return waiting.stream().map(Waiting::run).collect(Collectors.toUnmodifiableSet());
    }

    /** What waits of those is removed now: there is no room for what comes next. */
    synchronized void hurry(Predicate<RunRef> those) {
        waiting.removeIf(one -> {
            boolean hurried = those.test(one.run());
            if (hurried) {
                remove.begin(one.run());
            }
            return hurried;
        });
    }

    private void work() {
        try {
            while (true) {
                next().forEach(remove::begin);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private synchronized List<RunRef> next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        List<RunRef> due = new ArrayList<>();
        boolean idle = !starting.getAsBoolean();
        while (!waiting.isEmpty() && (idle || isDue(waiting.getFirst()))) {
            due.add(waiting.removeFirst().run());
        }
        if (due.isEmpty()) {
            wait(LOOK_AGAIN.toMillis());
        }
        return due;
    }

    private boolean isDue(Waiting first) {
        return waiting.size() > most || System.nanoTime() - first.since() > longest.toNanos();
    }

    /** What still waits is removed now. Returns when it is, or after some seconds: whoever comes next finds the rest. */
    @Override
    public void close() {
        List<Thread> last = new ArrayList<>();
        synchronized (this) {
            closed = true;
            thread.interrupt();
            waiting.forEach(one -> last.add(remove.begin(one.run())));
            waiting.clear();
        }
        long until = System.nanoTime() + LAST_WAIT.toNanos();
        try {
            for (Thread one : last) {
                one.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
