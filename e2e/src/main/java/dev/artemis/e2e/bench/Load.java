package dev.artemis.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import java.util.function.IntUnaryOperator;

/** Many workers that do the same thing again and again; what they got and how long each time took. */
record Load(int workers, Duration took, long[] sortedNanos, Map<Integer, Integer> answers) {

    /** Lets each of the workers do it so many times, one after the other. The action answers with an HTTP status. */
    static Load of(int workers, int times, IntSupplier action) throws InterruptedException, ExecutionException {
        return of(workers, times, () -> {}, action);
    }

    /** The same with something before each time that is not measured, such as a pause. */
    static Load of(int workers, int times, Runnable before, IntSupplier action)
            throws InterruptedException, ExecutionException {
        List<Future<long[][]>> each = new ArrayList<>();
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < workers; worker++) {
                each.add(threads.submit(() -> repeat(times, before, action)));
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long[] nanos = new long[workers * times];
        Map<Integer, Integer> answers = new TreeMap<>();
        int next = 0;
        for (Future<long[][]> one : each) {
            for (long[] measured : one.get()) {
                nanos[next++] = measured[0];
                answers.merge((int) measured[1], 1, Integer::sum);
            }
        }
        Arrays.sort(nanos);
        return new Load(workers, took, nanos, answers);
    }

    /** Lets each of the workers do it again and again until the time is over. The action gets its worker's number. */
    static Load during(int workers, Duration time, IntUnaryOperator action)
            throws InterruptedException, ExecutionException {
        List<Future<List<long[]>>> each = new ArrayList<>();
        long start = System.nanoTime();
        long end = start + time.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int worker = 0; worker < workers; worker++) {
                int number = worker;
                each.add(threads.submit(() -> {
                    List<long[]> measured = new ArrayList<>();
                    for (long before = System.nanoTime(); before < end; before = System.nanoTime()) {
                        int status = action.applyAsInt(number);
                        measured.add(new long[] {System.nanoTime() - before, status});
                    }
                    return measured;
                }));
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<long[]> all = new ArrayList<>();
        for (Future<List<long[]>> one : each) {
            all.addAll(one.get());
        }
        Map<Integer, Integer> answers = new TreeMap<>();
        all.forEach(measured -> answers.merge((int) measured[1], 1, Integer::sum));
        long[] nanos = all.stream().mapToLong(measured -> measured[0]).sorted().toArray();
        return new Load(workers, took, nanos, answers);
    }

    private static long[][] repeat(int times, Runnable before, IntSupplier action) {
        long[][] measured = new long[times][];
        for (int time = 0; time < times; time++) {
            before.run();
            long start = System.nanoTime();
            int status = action.getAsInt();
            measured[time] = new long[] {System.nanoTime() - start, status};
        }
        return measured;
    }

    /** Both, one after the other. */
    Load and(Load other) {
        long[] nanos = Arrays.copyOf(sortedNanos, sortedNanos.length + other.sortedNanos.length);
        System.arraycopy(other.sortedNanos, 0, nanos, sortedNanos.length, other.sortedNanos.length);
        Arrays.sort(nanos);
        Map<Integer, Integer> all = new TreeMap<>(answers);
        other.answers.forEach((answer, count) -> all.merge(answer, count, Integer::sum));
        return new Load(workers, took.plus(other.took), nanos, all);
    }

    double perSecond() {
        return sortedNanos.length / (took.toNanos() / 1e9);
    }

    /** The time that so many percent of the answers kept below, in milliseconds. */
    double percentile(int percent) {
        return sortedNanos[Math.min(sortedNanos.length - 1, sortedNanos.length * percent / 100)] / 1e6;
    }

    @Override
    public String toString() {
        return "%,d in %.1f s with %d at once: %,.0f a second; ms: median %.1f, 95 %% %.1f, 99 %% %.1f, most %.1f; answers %s"
                .formatted(
                        sortedNanos.length,
                        took.toMillis() / 1e3,
                        workers,
                        perSecond(),
                        percentile(50),
                        percentile(95),
                        percentile(99),
                        percentile(100),
                        answers);
    }
}
