package dev.artemis.budgets;

import dev.artemis.ArtemisApplication;
import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.util.FileSystemUtils;

/** A whole server in a process of its own that answers until it is told to stop. */
final class InstanceToStop implements AutoCloseable {

    private static final String PORT = "port ";

    private final Process process;
    private final Path home;
    private final int port;

    private InstanceToStop(Process process, Path home, int port) {
        this.process = process;
        this.home = home;
        this.port = port;
    }

    public static void main(String[] arguments) {
        var application = new SpringApplication(ArtemisApplication.class);
        application.setLogStartupInfo(false);
        var server = application.run(
                "--artemis.database.url=" + arguments[0],
                "--artemis.home=" + arguments[1],
                "--artemis.roles=api",
                "--artemis.admin.key=" + OnDatabase.ADMIN_KEY,
                "--artemis.admin.password=instance-to-stop",
                "--artemis.secrets.master-key=" + OnDatabase.MASTER_KEY,
                "--artemis.api.requests-per-second-by-address=100000",
                "--server.address=127.0.0.1",
                "--server.port=0");
        System.out.println(PORT + server.getEnvironment().getProperty("local.server.port"));
    }

    static InstanceToStop start(Database database) throws IOException {
        var owner = database.owner();
        String url = owner.url()
                .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(owner.username(), owner.password()));
        Path home = Files.createTempDirectory("artemis-instance-to-stop");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        InstanceToStop.class.getName(),
                        url,
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(PORT)) {
                // whatever else it says is read, or it would stop when nobody does
                Thread.ofVirtual().start(() -> out.lines().forEach(said -> {}));
                return new InstanceToStop(process, home, Integer.parseInt(line.substring(PORT.length())));
            }
        }
        throw new IOException("It ended before it had started");
    }

    int port() {
        return port;
    }

    /** Asks it to stop, as Kubernetes does (SIGTERM), and waits until it has. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        FileSystemUtils.deleteRecursively(home);
    }
}
