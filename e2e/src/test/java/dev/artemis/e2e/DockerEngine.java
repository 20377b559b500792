package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Docker engine of the test's own, without network, with the sandbox image; gone with all it made when it is closed. */
final class DockerEngine implements AutoCloseable {

    static final String IMAGE = "artemis-sandbox:e2e";

    private static final int TRIES = 300;

    private final Path folder;
    private final Process daemon;

    private DockerEngine(Path folder, Process daemon) {
        this.folder = folder;
        this.daemon = daemon;
    }

    /** Aborts the test, with the reason, where none can run. */
    static DockerEngine start() throws IOException, InterruptedException {
        String archive = System.getenv().getOrDefault("ARTEMIS_TEST_SANDBOX_IMAGE", "");
        assumeTrue(
                Files.isExecutable(Path.of("/usr/sbin/dockerd")),
                "no Docker engine: /usr/sbin/dockerd is missing (apt-get install docker.io)");
        assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "no Docker engine: it needs root");
        assumeTrue(
                !archive.isBlank(), "no sandbox image: ./artemis test makes it, ARTEMIS_TEST_SANDBOX_IMAGE names it");
        Path folder = Files.createTempDirectory("artemis-e2e-engine");
        Path settings = Files.writeString(folder.resolve("daemon.json"), "{}");
        Process daemon = new ProcessBuilder(
                        "/usr/sbin/dockerd",
                        "--config-file=" + settings,
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--host=unix://" + folder.resolve("docker.sock"),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--exec-opt=native.cgroupdriver=cgroupfs",
                        "--cgroup-parent=/" + folder.getFileName())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        DockerEngine engine = new DockerEngine(folder, daemon);
        boolean ready = false;
        try {
            engine.awaitAnswer();
            assertThat(engine.asked(
                            "-XPOST",
                            "-HContent-Type: application/x-tar",
                            "-T" + archive,
                            "http://engine/images/create?fromSrc=-&repo=artemis-sandbox&tag=e2e"))
                    .contains("sha256:");
            ready = true;
            return engine;
        } finally {
            if (!ready) {
                engine.close();
            }
        }
    }

    Path socket() {
        return folder.resolve("docker.sock");
    }

    /** All containers, as the engine tells them. */
    String containers() throws IOException {
        return asked("http://engine/containers/json?all=1");
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        for (int left = TRIES; !asked("http://engine/_ping").equals("OK"); left--) {
            assumeTrue(
                    left > 0 && daemon.isAlive(),
                    "no Docker engine: it does not start here: " + Files.readString(folder.resolve("log")));
            daemon.waitFor(100, TimeUnit.MILLISECONDS);
        }
    }

    private String asked(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of("curl", "--silent", "--unix-socket", socket().toString()));
        words.addAll(List.of(arguments));
        Process curl = new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        daemon.toHandle().destroy();
        if (!daemon.waitFor(20, TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String at = line.split(" ")[1];
            if (at.startsWith(folder + "/")) {
                new ProcessBuilder("umount", "--lazy", at).start().waitFor();
            }
        }
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            hierarchies
                    .map(hierarchy -> hierarchy.resolve(folder.getFileName()))
                    .forEach(path -> path.toFile().delete());
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
