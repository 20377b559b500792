package dev.artemis.sandbox.kubernetes;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Keeps what a sandbox told, and lets a test wait for it. */
final class Recorder implements Observations {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Map<String, List<Observation>> all = new HashMap<>();

    @Override
    public synchronized void observe(RunRef run, Observation observation) {
        all.computeIfAbsent(run.name(), name -> new ArrayList<>()).add(observation);
        notifyAll();
    }

    synchronized List<Observation> of(RunRef run) {
        return List.copyOf(all.getOrDefault(run.name(), List.of()));
    }

    /** The first that fits, once it was told. */
    synchronized Observation await(RunRef run, Predicate<Observation> wanted) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            for (Observation observation : of(run)) {
                if (wanted.test(observation)) {
                    return observation;
                }
            }
            long left = (until - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("not told within " + PATIENCE + ": " + of(run));
            }
            wait(left);
        }
    }

    Observation awaitEnd(RunRef run) throws InterruptedException {
        return await(run, Recorder::isLast);
    }

    static boolean isLast(Observation observation) {
        return switch (observation) {
            case Observation.Finished finished -> true;
            case Observation.Failed failed -> true;
            case Observation.Lost lost -> true;
            case Observation.Accepted accepted -> false;
            case Observation.Started started -> false;
            case Observation.Output output -> false;
        };
    }

    String text(RunRef run, Channel channel) {
        return new String(bytes(run, channel), StandardCharsets.UTF_8);
    }

    byte[] bytes(RunRef run, Channel channel) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Observation observation : of(run)) {
            if (observation instanceof Observation.Output output && output.channel() == channel) {
                bytes.writeBytes(output.bytes());
            }
        }
        return bytes.toByteArray();
    }
}
