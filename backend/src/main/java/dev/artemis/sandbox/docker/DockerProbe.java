package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Ending;
import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Observation;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.shared.Language;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What holds in this engine, by trying: one harmless program in a real container, once for each image. */
final class DockerProbe {

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Engine engine;
    private final PreparedImages images;
    private final DockerSettings settings;
    /** What each image, by its name and the languages asked of it, was found to lack. */
    private final Map<String, List<String>> tried = new HashMap<>();

    private @Nullable Isolation known;
    private long askedAt;

    DockerProbe(Engine engine, PreparedImages images, DockerSettings settings) {
        this.engine = engine;
        this.images = images;
        this.settings = settings;
    }

    /** Never throws; asks the engine at most every few seconds. */
    synchronized Isolation isolation() {
        Isolation before = known;
        if (before != null && System.nanoTime() - askedAt < ASK_AGAIN.toNanos()) {
            return before;
        }
        Isolation now = asked();
        known = now;
        askedAt = System.nanoTime();
        return now;
    }

    private Isolation asked() {
        try {
            EngineFacts facts = EngineFacts.of(engine.info());
            List<String> lacks = new ArrayList<>(facts.lacks(settings.runtime()));
            for (PreparedImages.Needed needed : images.needed()) {
                String key = needed.image().name()
                        + needed.languages().stream().map(Language::id).toList();
                List<String> missing = tried.get(key);
                if (missing == null) {
                    missing = attempt(needed);
                    tried.put(key, missing);
                }
                lacks.addAll(missing);
            }
            Isolation.Strength strength = lacks.isEmpty() ? Isolation.Strength.FULL : Isolation.Strength.PARTIAL;
            return new Isolation(strength, facts.holds(settings.runtime()), lacks);
        } catch (EngineFault fault) {
            return new Isolation(Isolation.Strength.NONE, List.of(), List.of(String.valueOf(fault.getMessage())));
        }
    }

    /** Which of its languages an image cannot run. */
    private List<String> attempt(PreparedImages.Needed needed) {
        StringBuilder script = new StringBuilder();
        for (Language language : needed.languages()) {
            String program = language.command().getFirst();
            script.append("[ -x ").append(program).append(" ] || echo '").append(language.id());
            script.append(" cannot run: ").append(program).append(" is not in the image'\n");
        }
        Language shell = Language.ofOurOwn("/bin/sh", "probe");
        RunRef ref = new RunRef(new UUID(0, 0), UUID.randomUUID(), 1, 0);
        BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
        DockerRun run = new DockerRun(ref, engine, settings, (same, observation) -> seen.add(observation));
        try {
            run.begin(new ContainerLaunch(engine, needed.image(), settings, SandboxSpec.of(shell, script.toString())));
            return printed(seen);
        } finally {
            run.silence();
            engine.remove(ref.name());
        }
    }

    private static List<String> printed(BlockingQueue<Observation> seen) {
        StringBuilder out = new StringBuilder();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            switch (next(seen, until)) {
                case Observation.Accepted _, Observation.Started _ -> {}
                case Observation.Output(var channel, var offset, var bytes) ->
                    out.append(new String(bytes, StandardCharsets.UTF_8));
                case Observation.Finished(var result)
                when result.ending().equals(new Ending.Exited(0)) -> {
                    return out.toString().lines().toList();
                }
                case Observation.Finished(var result) -> throw unable("/bin/sh ended as " + result.ending());
                case Observation.Failed(var failure, var detail, var ofTheRun) -> throw unable(failure + ", " + detail);
                case Observation.Lost(var loss, var detail) -> throw unable(loss + ", " + detail);
            }
        }
    }

    private static Observation next(BlockingQueue<Observation> seen, long until) {
        try {
            Observation next = seen.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw unable("nothing came within " + PATIENCE.toSeconds() + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unable("interrupted");
        }
    }

    private static EngineFault unable(String what) {
        return new EngineFault(EngineFault.CONFLICT, "no container can be run: " + what);
    }
}
