package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Docker engine of the tests' own: its own data, socket and cgroup, no bridge but one that a test makes for itself, no firewall rule; gone with
 * all it made when it is closed.
 * Without what it needs a test is aborted, and says so.
 */
public final class TestEngine implements AutoCloseable {

    public static final String IMAGE = "artemis-sandbox:test";

    private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Path folder;
    private final String cgroup;
    private Process daemon;

    private TestEngine(Path folder) throws IOException {
        this.folder = folder;
        this.cgroup = String.valueOf(folder.getFileName());
        this.daemon = daemon();
    }

    /** Starts one and gives it the sandbox image that the launcher made. */
    public static TestEngine start() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(DAEMON), "no Docker engine: " + DAEMON + " is missing (apt-get install docker.io)");
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0),
                "no Docker engine: only root can start one");
        String archive = System.getenv().getOrDefault("ARTEMIS_TEST_SANDBOX_IMAGE", "");
        assumeTrue(
                !archive.isBlank(),
                "no sandbox image: ARTEMIS_TEST_SANDBOX_IMAGE names none (k8s/images/sandbox/build --tar makes it)");
        TestEngine engine = new TestEngine(Files.createTempDirectory("artemis-engine"));
        boolean ready = false;
        try {
            engine.awaitAnswer();
            engine.importImage(Path.of(archive));
            ready = true;
            return engine;
        } finally {
            if (!ready) {
                engine.close();
            }
        }
    }

    DockerSettings settings() {
        return settings("tests", IMAGE);
    }

    DockerSettings settings(String owner, String image) {
        return new DockerSettings(socket(), image, Map.of(), owner, "", Duration.ofMinutes(2));
    }

    Engine engine() {
        return new Engine(socket());
    }

    public Path socket() {
        return folder.resolve("docker.sock");
    }

    /** The engine stops and starts again, as at an upgrade: its containers end. */
    void restart() throws IOException, InterruptedException {
        stop();
        daemon = daemon();
        awaitAnswer();
    }

    /** Gives the tests' image another name. */
    void tag(String repository, String tag) {
        ask("POST", "/images/" + IMAGE + "/tag?repo=" + repository + "&tag=" + tag, "", 201);
    }

    /**
     * A bridge of this machine that containers can be on.
     *
     * @param name of the engine's network and of the interface
     * @param here this machine's address on it
     */
    record Bridge(String name, String here) {}

    Bridge makeBridge() {
        String name = "artemis" + HexFormat.of().toHexDigits(System.nanoTime(), 6);
        ask("POST", "/networks/create", """
                {"Name": "%1$s", "Driver": "bridge", "Options": {"com.docker.network.bridge.name": "%1$s",
                  "com.docker.network.bridge.enable_ip_masquerade": "false"}}""".formatted(name), 201);
        String made = ask("GET", "/networks/" + name, "", 200);
        String here = JsonMapper.shared()
                .readTree(made)
                .at("/IPAM/Config/0/Gateway")
                .asString()
                .replaceAll("/.*", "");
        return new Bridge(name, here);
    }

    void remove(Bridge bridge) {
        ask("DELETE", "/networks/" + bridge.name(), "", 204);
        assertThat(Path.of("/sys/class/net", bridge.name())).doesNotExist();
    }

    private String ask(String method, String target, String body, int expected) {
        try (Exchange exchange = Exchange.connect(socket())) {
            exchange.send(
                    method,
                    target,
                    "Content-Type: application/json\r\nConnection: close\r\n",
                    body.getBytes(StandardCharsets.UTF_8));
            String answer = new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(exchange.status()).as(answer).isEqualTo(expected);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every file and folder that the engine keeps, with its size in bytes; folders have none. */
    Map<String, Long> kept() {
        Map<String, Long> kept = new TreeMap<>();
        for (String part : List.of("data", "exec")) {
            keep(folder.resolve(part), kept);
        }
        return kept;
    }

    /** What goes away while we look is none. */
    private void keep(Path path, Map<String, Long> kept) {
        try {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                try (Stream<Path> below = Files.list(path)) {
                    below.toList().forEach(one -> keep(one, kept));
                }
                kept.put(folder.relativize(path).toString(), 0L);
            } else if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                kept.put(
                        folder.relativize(path).toString(),
                        Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0L);
            }
        } catch (IOException | UncheckedIOException e) {
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                throw new IllegalStateException(path.toString(), e);
            }
        }
    }

    /** What is left on the machine of containers: processes, cgroups, mounts. */
    public List<String> leftovers() {
        List<String> left = new ArrayList<>();
        try {
            Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .filter(line -> line.contains(folder + "/data/") || line.contains(folder + "/exec/"))
                    .filter(line -> !line.contains("/netns/default"))
                    .forEach(left::add);
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                processes.filter(this::runsOurRunner).map(Path::toString).forEach(left::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cgroups()
                .filter(path -> !String.valueOf(path.getFileName()).equals(cgroup))
                .map(Path::toString)
                .forEach(left::add);
        return left;
    }

    private boolean runsOurRunner(Path process) {
        try {
            return process.getFileName().toString().matches("\\d+")
                    && Files.readString(process.resolve("cmdline")).startsWith(PreparedImage.RUNNER)
                    && Files.readString(process.resolve("cgroup")).contains(cgroup);
        } catch (IOException e) {
            return false; // it has ended
        }
    }

    private Stream<Path> cgroups() {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            for (Path hierarchy : hierarchies.toList()) {
                Path ours = hierarchy.resolve(cgroup);
                if (Files.isDirectory(ours)) {
                    addAll(ours, found);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream();
    }

    /** The engine takes them away while we look: what is gone by then is none. */
    private static void addAll(Path folder, List<Path> found) {
        List<Path> below;
        try (Stream<Path> all = Files.list(folder)) {
            below = all.filter(Files::isDirectory).toList();
        } catch (IOException | UncheckedIOException e) {
            if (Files.exists(folder)) {
                throw new IllegalStateException(folder.toString(), e);
            }
            return;
        }
        found.add(folder);
        below.forEach(one -> addAll(one, found));
    }

    private Process daemon() throws IOException {
        Path settings = Files.writeString(folder.resolve("daemon.json"), "{}");
        return new ProcessBuilder(
                        DAEMON.toString(),
                        "--config-file=" + settings,
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("pid"),
                        "--host=unix://" + socket(),
                        "--bridge=none",
                        "--iptables=false",
                        "--ip6tables=false",
                        "--exec-opt=native.cgroupdriver=cgroupfs",
                        "--cgroup-parent=/" + cgroup)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            assumeTrue(daemon.isAlive(), () -> "no Docker engine: it does not start here: " + lastWords());
            assertThat(System.nanoTime()).as(this::lastWords).isLessThan(until);
            daemon.waitFor(50, TimeUnit.MILLISECONDS);
        }
    }

    private boolean answers() {
        try {
            return engine().info().has("ServerVersion");
        } catch (EngineFault fault) {
            return false;
        }
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(folder.resolve("log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void importImage(Path archive) throws IOException {
        try (Exchange exchange = Exchange.connect(socket())) {
            exchange.send(
                    "POST",
                    "/images/create?fromSrc=-&repo=artemis-sandbox&tag=test",
                    "Content-Type: application/x-tar\r\nConnection: close\r\n",
                    Files.readAllBytes(archive));
            assertThat(exchange.status()).isEqualTo(200);
            assertThat(new String(exchange.body().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("sha256:");
        }
    }

    private void stop() throws InterruptedException {
        daemon.toHandle().destroy();
        if (!daemon.waitFor(60, TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
    }

    /** Ends it and takes away all that it made. */
    @Override
    public void close() throws IOException, InterruptedException {
        stop();
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            String at = line.split(" ")[1];
            if (at.startsWith(folder + "/")) {
                new ProcessBuilder("umount", "--lazy", at).start().waitFor();
            }
        }
        cgroups()
                .sorted(Comparator.reverseOrder())
                .forEach(path -> path.toFile().delete());
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
        assertThat(folder).doesNotExist();
    }
}
