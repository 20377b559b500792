package dev.artemis.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that outlived the process that started it: after {@code kill -9} of the JVM its server lives on
 * and holds the data folder. Found through {@code postmaster.pid}, believed only when that process really is a
 * PostgreSQL server that works in this very folder.
 */
record OrphanedServer(ProcessHandle process, Path data) {

    private static final Logger log = LoggerFactory.getLogger(OrphanedServer.class);
    private static final long FAST_SHUTDOWN_SECONDS = 30;

    static Optional<OrphanedServer> in(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var lines = Files.readAllLines(pidFile);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                .filter(process -> worksIn(process, data))
                .map(process -> new OrphanedServer(process, data));
    }

    private static boolean worksIn(ProcessHandle process, Path data) {
        try {
            String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
            return command.contains("postgres") && Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), data);
        } catch (IOException e) {
            log.debug("Process {} is gone or not ours: {}", process.pid(), e.getMessage());
            return false;
        }
    }

    /** Asks it to end (a fast shutdown), and ends it when it does not. Returns when it is gone. */
    void stop() {
        log.info("A PostgreSQL server from an earlier start (pid {}) still holds {}: stopping it", process.pid(), data);
        signal("INT");
        try {
            process.onExit().get(FAST_SHUTDOWN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            signal("QUIT");
            process.onExit().join();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("Waiting for PostgreSQL (pid " + process.pid() + ") to end failed", e);
        }
    }

    /** Java's own destroy() sends SIGTERM, which waits for clients; SIGINT disconnects them. */
    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-s", name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("PostgreSQL (pid " + process.pid() + ") cannot be signalled", e);
        }
    }
}
