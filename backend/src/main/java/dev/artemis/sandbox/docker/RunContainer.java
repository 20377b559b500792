package dev.artemis.sandbox.docker;

import dev.artemis.sandbox.Limits;
import dev.artemis.sandbox.RunRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The container of one run, field by field: what is not given here is shut. Pure. */
final class RunContainer {

    private static final long SHARED_MEMORY_BYTES = 64L * 1024 * 1024;
    /** The runner itself, beside its output rings and the job. */
    private static final long RUNNER_BYTES = 8L * 1024 * 1024;
    /** With less the engine's own start, which has threads, would not get through. */
    private static final int LEAST_PROCESSES = 16;
    /** Far enough from the run's own limit for the runner to see that it is not meant: then the user id's limit holds. */
    private static final int FEW_PROCESSES = 64;

    private static final long FIRST_USER = 100_000;
    private static final long USERS = 2_000_000_000;
    private static final long FIRST_MAPPED_USER = 10_000;
    private static final long MAPPED_USERS = 50_000;

    private final DockerSettings settings;
    private final EngineFacts engine;
    private final ContainerLabels labels;
    private final Limits limits;
    private final int jobBytes;

    RunContainer(DockerSettings settings, EngineFacts engine, ContainerLabels labels, Limits limits, int jobBytes) {
        this.settings = settings;
        this.engine = engine;
        this.labels = labels;
        this.limits = limits;
        this.jobBytes = jobBytes;
    }

    /** As the engine's API takes it. */
    Map<String, Object> of(String image) {
        Map<String, Object> container = new HashMap<>();
        container.put("Image", image);
        container.put("Entrypoint", List.of(PreparedImage.RUNNER));
        container.put("Cmd", List.of("run", "--cgroup", "auto"));
        container.put("Hostname", "sandbox");
        container.put("User", user() + ":" + user());
        container.put("WorkingDir", "/");
        container.put("NetworkDisabled", true);
        // stays open without us: closed, the runner would take it as a cancellation
        container.put("OpenStdin", true);
        container.put("StdinOnce", false);
        container.put("Tty", false);
        container.put("Healthcheck", Map.of("Test", List.of("NONE")));
        container.put("Labels", labels.of(settings.owner()));
        container.put("HostConfig", host());
        return container;
    }

    private Map<String, Object> host() {
        Map<String, Object> host = new HashMap<>();
        host.put("NetworkMode", "none");
        // without, the machine's own name servers and search domains could be read
        host.put("Dns", List.of("127.0.0.1"));
        host.put("DnsSearch", List.of("."));
        host.put("ReadonlyRootfs", true);
        host.put("CapDrop", List.of("ALL"));
        host.put("SecurityOpt", List.of("no-new-privileges:true"));
        host.put("Privileged", false);
        host.put("IpcMode", "private");
        host.put("CgroupnsMode", "private");
        host.put("ShmSize", Math.min(SHARED_MEMORY_BYTES, limits.memoryBytes()));
        host.put("Tmpfs", Map.of(PreparedImage.WORK_FOLDER, workFolder()));
        host.put("RestartPolicy", Map.of("Name", "no"));
        // without, the engine's own defaults hold: a log that is rotated away takes the final record with it
        host.put("LogConfig", Map.of("Type", "json-file", "Config", Map.of("max-size", "1000g")));
        // an init of the engine's would be process 1, which the runner has to be
        host.put("Init", false);
        if (engine.memory()) {
            host.put("Memory", memoryBytes());
        }
        if (engine.memory() && engine.swap()) {
            host.put("MemorySwap", memoryBytes());
        }
        if (engine.cpu()) {
            host.put("NanoCpus", Math.min(limits.cpuMillicores(), engine.processors() * 1_000L) * 1_000_000);
        }
        if (engine.processes()) {
            int withRunner = limits.processes() + 1;
            host.put("PidsLimit", withRunner < LEAST_PROCESSES ? FEW_PROCESSES : withRunner);
        }
        if (!settings.runtime().isEmpty()) {
            host.put("Runtime", settings.runtime());
        }
        return host;
    }

    private long memoryBytes() {
        return limits.memoryBytes() + RUNNER_BYTES + limits.outputBytes() + jobBytes;
    }

    private String workFolder() {
        return "size=%d,mode=0755,uid=%d,gid=%d,exec,nosuid,nodev".formatted(limits.diskBytes(), user(), user());
    }

    /** One user per run: RLIMIT_NPROC counts a user's processes across all containers of the engine. */
    private long user() {
        RunRef run = labels.run();
        long number = run.run().getLeastSignificantBits() * 31 + run.attempt();
        return engine.mappedUsers()
                ? FIRST_MAPPED_USER + Math.floorMod(number, MAPPED_USERS)
                : FIRST_USER + Math.floorMod(number, USERS);
    }
}
