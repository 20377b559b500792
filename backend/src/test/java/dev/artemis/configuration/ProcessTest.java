package dev.artemis.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program itself, as an operator starts it. */
class ProcessTest {

    @TempDir
    private Path folder;

    @Test
    void withAFaultItEndsWithOneAndNothingListens() throws Exception {
        int port = freePort();
        Path home = folder.resolve("home");

        Ended ended = run(Map.of(
                "ARTEMIS_PORT",
                Integer.toString(port),
                "ARTEMIS_HOME",
                home.toString(),
                "ARTEMIS_ADMIN_KEY",
                "a-key-of-23-characters!",
                "ARTEMIS_DATABSE_URL",
                "embedded"));

        assertThat(ended.code).isEqualTo(1);
        assertThat(ended.output)
                .contains("ARTEMIS_ADMIN_KEY is too short", "did you mean ARTEMIS_DATABASE_URL?")
                .doesNotContain("is ready", "\tat ");
        assertThat(listens(port)).isFalse();
        assertThat(home).doesNotExist();
    }

    @Test
    void theCommandTellsWhetherItWouldStart() throws Exception {
        Ended ended = run(
                Map.of(
                        "ARTEMIS_PORT",
                        Integer.toString(freePort()),
                        "ARTEMIS_HOME",
                        folder.resolve("h").toString()),
                "check",
                "--json");

        assertThat(ended.output).startsWith("{").contains("\"subject\":\"port\"");
        assertThat(ended.code).isEqualTo(ended.output.contains("\"FAIL\"") ? 1 : 0);
    }

    private Ended run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.artemis.ArtemisApplication"));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("ARTEMIS_"));
        builder.environment().putAll(variables);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(240, TimeUnit.SECONDS)).isTrue();
            return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (ConnectException e) {
            return false;
        }
    }

    private record Ended(int code, String output) {}
}
