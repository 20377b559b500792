package dev.artemis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One running server, started as a person starts it: the launcher in a process of its own.
 *
 * <p>The jar is the one that the system property {@code artemis.jar} names, the launcher {@code artemis.launcher}; {@code
 * artemis.java-options} may name more options for its Java machine.
 */
public final class Instance implements AutoCloseable {

    /** The admin key that every instance gets, unless its environment names another. */
    public static final String ADMIN_KEY = "e2e-admin-key-0123456789abcdef0123456789abcdef";

    /** The admin's password, likewise; the admin signs in as {@code admin@localhost}. */
    public static final String ADMIN_PASSWORD = "e2e-admin-password-1";

    private static final Pattern READY = Pattern.compile("Artemis is ready: (\\S+)");
    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 30_000; // from here on a cluster's node ports
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(2);

    private final Path home;
    private final Process process;
    private final Printed printed;
    private final URI url;

    private Instance(Path home, Process process, Printed printed, URI url) {
        this.home = home;
        this.process = process;
        this.printed = printed;
        this.url = url;
    }

    /**
     * Starts a server with nothing configured but a free port and its home, and waits until it says that it is ready.
     *
     * @throws IllegalStateException it ended, or was not ready in four minutes (on a machine that does much else); the message has what it printed
     */
    public static Instance start(Path home) {
        return start(home, Map.of());
    }

    /** As {@link #start(Path)}, with more environment variables, which win over the usual ones. */
    public static Instance start(Path home, Map<String, String> environment) {
        return start(home, environment, List.of("up"));
    }

    /** As {@link #start(Path)}, filled with the demo. */
    public static Instance startDemo(Path home) {
        return start(home, Map.of(), List.of("up", "--demo"));
    }

    private static Instance start(Path home, Map<String, String> environment, List<String> command) {
        Process process = launch(home, environment, command);
        Printed printed = Printed.by(process);
        try {
            return new Instance(home, process, printed, URI.create(printed.await(READY, START_LIMIT)));
        } catch (IllegalStateException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Process launch(Path home, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(property("artemis.launcher"));
        builder.command().addAll(command);
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("ARTEMIS_") || name.equals("KUBECONFIG"));
        variables.put("ARTEMIS_JAR", property("artemis.jar"));
        variables.put("ARTEMIS_JAVA_OPTIONS", System.getProperty("artemis.java-options", ""));
        variables.put("ARTEMIS_PORT", Integer.toString(freePort()));
        variables.put("ARTEMIS_HOME", home.toString());
        variables.put("ARTEMIS_ADMIN_KEY", ADMIN_KEY);
        variables.put("ARTEMIS_ADMIN_PASSWORD", ADMIN_PASSWORD);
        variables.putAll(environment);
        builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("the system property " + name + " is not set: the build sets it");
        }
        return value;
    }

    /**
     * A port of this machine that nobody listens on. Below those that the system gives to connections (from 32768): one of
     * them could take it while a server that is to come back on it is away, and a client that asks for it meanwhile could even meet itself.
     */
    public static int freePort() {
        IOException last = null;
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                last = taken;
            }
        }
        throw new UncheckedIOException(new IOException("no port is free", last));
    }

    /** Where it listens, as its ready line said. */
    public URI url() {
        return url;
    }

    /** A client of its API that acts as the platform's admin. */
    public Api admin() {
        return new Api(url, ADMIN_KEY);
    }

    /** A client of its API with a key. */
    public Api api(String key) {
        return new Api(url, key);
    }

    /** What it printed so far, line by line; all of it once it has stopped. */
    public List<String> output() {
        return printed.lines();
    }

    /** Waits until it has printed a line in which the pattern is found; answers with its first group. */
    public String printed(Pattern pattern) {
        return printed.await(pattern, START_LIMIT);
    }

    /** The server's own process: the launcher became it. */
    public ProcessHandle process() {
        return process.toHandle();
    }

    /** Every process alive that works on this instance's home folder: the server, its database, what they left. */
    public List<ProcessHandle> processes() {
        return Processes.of(home);
    }

    /** Ends the server's process at once, as {@code kill -9} does; what it started is left behind. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Asks it to stop, as SIGTERM does, and waits until it did. Returns its exit code. */
    public int stop() {
        process.destroy();
        return await();
    }

    /** Asks it to stop, as Ctrl-C does, and waits until it did. Returns its exit code. */
    public int interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return await();
    }

    private int await() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("did not stop:\n" + String.join("\n", output()));
            }
            printed.awaitEnd(STOP_LIMIT);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server stopped", e);
        }
    }

    /** Stops it, and whatever a killed one left behind. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
        killWhatIsLeft();
    }

    /** Ends all {@link #processes()} at once, and waits until they are gone. */
    public void killWhatIsLeft() {
        List<ProcessHandle> left = processes();
        left.forEach(ProcessHandle::destroyForcibly);
        left.forEach(one -> one.onExit().join());
    }
}
