package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Most;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.sandbox.runner.Nonce;
import dev.artemis.sandbox.runner.RunnerJob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Makes a run's container, starts it and gives it its job; or finds that it is there already. */
final class ContainerLaunch implements DockerRun.Launch {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLaunch.class);
    private static final int TRIES = 3;

    private final Engine engine;
    private final PreparedImage image;
    private final DockerSettings settings;
    private final SandboxSpec spec;

    ContainerLaunch(Engine engine, PreparedImage image, DockerSettings settings, SandboxSpec spec) {
        this.engine = engine;
        this.image = image;
        this.settings = settings;
        this.spec = spec;
    }

    @Override
    public DockerRun.Launched launch(DockerRun run) {
        EngineFacts facts = EngineFacts.of(engine.info());
        ContainerLabels labels = new ContainerLabels(run.ref(), Nonce.random(), Most.of(spec.limits()));
        byte[] job = job(facts, labels);
        var container = new RunContainer(settings, facts, labels, spec.limits(), job.length).of(image.name());
        for (int left = TRIES; ; left--) {
            if (run.isCancelled()) {
                return new DockerRun.Launched.NeverStarted();
            }
            try {
                String id = engine.create(run.ref().name(), container);
                begin(id, job);
                return new DockerRun.Launched.There(id, labels);
            } catch (EngineFault fault) {
                Optional<DockerRun.Launched> there =
                        fault.status() == EngineFault.CONFLICT && left > 0 ? existing(run) : Optional.empty();
                if (there.isPresent()) {
                    return there.get();
                }
                if (fault.status() != EngineFault.CONFLICT || left == 0) {
                    throw fault;
                }
            }
        }
    }

    private byte[] job(EngineFacts facts, ContainerLabels labels) {
        return new RunnerJob(
                        labels.run(),
                        spec,
                        Optional.of(labels.nonce()),
                        PreparedImage.WORK_FOLDER,
                        facts.memory() ? RunnerJob.HeldBy.KERNEL : RunnerJob.HeldBy.RUNNER,
                        RunnerJob.HeldBy.KERNEL,
                        spec.limits().outputBytes(),
                        Optional.empty(),
                        List.of(PreparedImage.TEMPORARY))
                .encode();
    }

    /** One that did not get its whole job is of no use. */
    private void begin(String id, byte[] job) {
        try (Exchange input = engine.attachInput(id)) {
            engine.start(id);
            input.upgraded().write(job);
            input.upgraded().flush();
            input.finishWriting();
        } catch (IOException e) {
            engine.remove(id);
            throw new EngineFault("the job did not reach its container: " + e.getMessage(), e);
        } catch (EngineFault fault) {
            engine.remove(id);
            throw fault;
        }
    }

    /** Whose name ours is: this very claim's, then it is gone on with; a newer one's; else one that nobody needs. */
    private Optional<DockerRun.Launched> existing(DockerRun run) {
        Optional<JsonNode> found = engine.container(run.ref().name());
        Optional<ContainerLabels> labels =
                found.flatMap(there -> ContainerLabels.read(there.path("Config").path("Labels")));
        if (found.isEmpty() || labels.isEmpty()) {
            return Optional.empty();
        }
        if (labels.get().run().fencingToken() > run.ref().fencingToken()) {
            return Optional.of(new DockerRun.Launched.Superseded());
        }
        String id = found.get().get("Id").asString();
        boolean begun = !found.get().path("State").path("Status").asString("").equals("created");
        if (labels.get().run().equals(run.ref()) && begun) {
            return Optional.of(new DockerRun.Launched.There(id, labels.get()));
        }
        LOG.info("removes an earlier container of run={}", run.ref().name());
        engine.remove(id);
        return Optional.empty();
    }
}
