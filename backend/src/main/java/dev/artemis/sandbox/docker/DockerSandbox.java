package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Isolation;
import dev.artemis.sandbox.Live;
import dev.artemis.sandbox.Observations;
import dev.artemis.sandbox.RunRef;
import dev.artemis.sandbox.Sandbox;
import dev.artemis.sandbox.SandboxSpec;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Runs as containers of a Docker engine. What was started goes on without us: the next that opens the sandbox adopts it. */
public final class DockerSandbox implements Sandbox {

    private static final Logger LOG = LoggerFactory.getLogger(DockerSandbox.class);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LOOK_AFTER_FAULT = Duration.ofSeconds(2);
    private static final int REMOVE_TRIES = 30;

    private final DockerSettings settings;
    private final Engine engine;
    private final PreparedImages images;
    private final DockerProbe probe;
    private final Map<String, DockerRun> runs = new ConcurrentHashMap<>();
    /** Until what was there is adopted: a list of containers may be older than the wish to forget one. */
    private final Set<RunRef> forgotten = ConcurrentHashMap.newKeySet();

    private volatile boolean adopted;
    private volatile Thread watch = Thread.ofVirtual().unstarted(() -> {});
    private volatile Observations observations = (run, observation) -> {
        throw new IllegalStateException("not opened");
    };

    public DockerSandbox(DockerSettings settings) {
        this.settings = settings;
        this.engine = new Engine(settings.socket());
        this.images = new PreparedImages(engine, settings.imageOfEach());
        this.probe = new DockerProbe(engine, images, settings);
    }

    @Override
    public String backend() {
        return "docker";
    }

    @Override
    public String subject() {
        return DockerCheck.SUBJECT;
    }

    @Override
    public Isolation isolation() {
        return probe.isolation();
    }

    @Override
    public void open(Observations to) {
        observations = to;
        watch = Thread.ofVirtual().name("watch-containers").start(this::watch);
    }

    @Override
    public void start(RunRef run, SandboxSpec spec) {
        runs.compute(run.name(), (name, before) -> {
            if (before != null && before.ref().fencingToken() >= run.fencingToken()) {
                return before;
            }
            if (before != null) {
                before.silence();
            }
            DockerRun fresh = new DockerRun(run, engine, settings, observations);
            fresh.begin(new ContainerLaunch(engine, images.of(spec.language()), settings, spec));
            return fresh;
        });
    }

    @Override
    public void cancel(RunRef run) {
        DockerRun known = runs.get(run.name());
        if (known != null && known.ref().equals(run)) {
            known.cancel();
        }
    }

    /** As the engine shows it; what is being launched has no container yet. */
    @Override
    public List<Live> list() {
        Map<RunRef, Live> all = new HashMap<>();
        for (JsonNode container : engine.containers(ContainerLabels.ofOwner(settings.owner()))) {
            ContainerLabels.read(container.path("Labels"))
                    .ifPresent(labels -> all.put(labels.run(), new Live(labels.run(), state(container))));
        }
        runs.values().forEach(run -> all.put(run.ref(), run.live()));
        return List.copyOf(all.values());
    }

    private static Live.State state(JsonNode container) {
        return switch (container.path("State").asString("")) {
            case "created" -> Live.State.ACCEPTED;
            case "exited", "dead", "removing" -> Live.State.ENDED;
            default -> Live.State.RUNNING;
        };
    }

    @Override
    public void forget(RunRef run) {
        if (!adopted) {
            forgotten.add(run);
        }
        Optional<DockerRun> held = Optional.ofNullable(runs.get(run.name()))
                // one that a newer claim holds is not meant
                .filter(there -> there.ref().fencingToken() <= run.fencingToken())
                .filter(there -> runs.remove(run.name(), there));
        held.ifPresent(DockerRun::silence);
        Thread.ofVirtual().name("forget-" + run.name()).start(() -> {
            held.ifPresent(launched -> launched.awaitSilence(DockerRun.LAUNCH_MOST));
            remove(run);
        });
    }

    private void remove(RunRef run) {
        for (int left = REMOVE_TRIES; left > 0; left--) {
            try {
                ours(run).ifPresent(engine::remove);
                return;
            } catch (EngineFault fault) {
                LOG.info("again: remove run={} why={}", run.name(), fault.getMessage());
                if (!pause(LOOK_AFTER_FAULT)) {
                    return;
                }
            }
        }
    }

    /** The container of exactly this claim. */
    private Optional<String> ours(RunRef run) {
        return engine.container(run.name())
                .filter(there -> ContainerLabels.read(there.path("Config").path("Labels"))
                        .map(labels -> labels.run().equals(run))
                        .orElse(false))
                .map(there -> there.get("Id").asString());
    }

    @Override
    public void close() {
        watch.interrupt();
        runs.values().forEach(DockerRun::silence);
        long until = System.nanoTime() + DockerRun.LAUNCH_MOST.toNanos();
        runs.values().forEach(run -> run.awaitSilence(Duration.ofNanos(until - System.nanoTime())));
    }

    /** Adopts once, then ends what is due. */
    private void watch() {
        Duration pause = LOOK;
        while (pause(pause)) {
            try {
                if (!adopted) {
                    adopt();
                }
                runs.values().forEach(DockerRun::endIfDue);
                pause = LOOK;
            } catch (EngineFault fault) {
                LOG.info("again: watch containers, why={}", fault.getMessage());
                pause = LOOK_AFTER_FAULT;
            }
        }
    }

    private void adopt() {
        for (JsonNode container : engine.containers(ContainerLabels.ofOwner(settings.owner()))) {
            ContainerLabels.read(container.path("Labels")).ifPresent(labels -> adopt(container, labels));
        }
        adopted = true;
        forgotten.clear();
    }

    private void adopt(JsonNode container, ContainerLabels labels) {
        String id = container.get("Id").asString();
        runs.computeIfAbsent(labels.run().name(), name -> {
            if (forgotten.contains(labels.run())) {
                return null;
            }
            LOG.info("adopted run={}", name);
            DockerRun held = new DockerRun(labels.run(), engine, settings, observations);
            held.begin(run -> new DockerRun.Launched.There(id, labels));
            return held;
        });
    }

    private static boolean pause(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
