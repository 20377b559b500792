package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that makes the sandbox image without a registry, with other programs in the place of those that it calls. */
class ImageBuildTest {

    @TempDir
    private Path folder;

    private Path work;
    private Path socket;
    private ServerSocketChannel engine;

    private record Ended(int code, String said) {}

    @BeforeEach
    void aMachineWithAnEngine() throws IOException {
        work = Files.createDirectory(folder.resolve("tmp"));
        socket = folder.resolve("engine.sock");
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        program("id", "echo 0");
        program("apt-get", "echo 'Debian file:/mirror bookworm'");
        program(
                "debootstrap",
                "mkdir -p \"$4\"; echo made >\"$4/made\"; echo 'E: no such mirror'; exit ${NO_MIRROR:-0}");
        program("sh", "exit ${NO_FINISH:-0}");
        program(
                "curl",
                "echo \"$ANSWER\"; printf '%s\\n' \"$@\" >'" + folder.resolve("asked") + "'; exit ${NO_ENGINE:-0}");
    }

    @AfterEach
    void withoutOne() throws IOException {
        engine.close();
    }

    private void program(String name, String does) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve(name), "#!/bin/bash\n" + does + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    private Ended build(String setting, String... arguments) throws IOException, InterruptedException {
        Path script = Path.of("..", "k8s", "images", "sandbox", "build")
                .toAbsolutePath()
                .normalize();
        var builder = new ProcessBuilder(Stream.concat(Stream.of("/bin/bash", script.toString()), Stream.of(arguments))
                .toList());
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("TMPDIR", work.toString());
        builder.environment().put("ANSWER", "{\"status\":\"sha256:0\"}");
        if (!setting.isEmpty()) {
            builder.environment().put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
        }
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    @ParameterizedTest
    @CsvSource({
        "artemis-sandbox:0.1.0, repo=artemis-sandbox&tag=0.1.0",
        "artemis-sandbox, repo=artemis-sandbox&tag=latest",
        "there:5000/team/sandbox, repo=there:5000/team/sandbox&tag=latest",
        "there:5000/team/sandbox:A.1, repo=there:5000/team/sandbox&tag=A.1",
    })
    void namesTheImageAsItIsAsked(String name, String asked) throws Exception {
        Ended ended = build("", name, socket.toString());

        assertThat(ended.code()).as(ended.said()).isZero();
        assertThat(Files.readString(folder.resolve("asked"))).contains("images/create?fromSrc=-&" + asked + "\n");
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NO_MIRROR=1                                     | E: no such mirror
            NO_MIRROR=1                                     | build: debootstrap failed
            NO_FINISH=1                                     | build: the system could not be finished
            NO_ENGINE=7                                     | build: the engine at
            ANSWER={"errorDetail":{},"error":"disk is full"} | disk is full
            """)
    void whatFailsIsSaidAndNothingIsLeftBehind(String setting, String said) throws Exception {
        Ended ended = build(setting, "artemis-sandbox", socket.toString());

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.said()).contains(said);
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--tar", "--tar a b", "--colour red", "a b c"})
    void whatIsAskedForOtherwiseIsTold(String arguments) throws Exception {
        Ended ended = build("", arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.said()).contains("build NAME [SOCKET]");
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Artemis", "a&tag=b", "a b", "-a", "a:", "a:b:", "../a"})
    void whatIsNoNameOfAnImageIsRefused(String name) throws Exception {
        Ended ended = build("", name, socket.toString());

        assertThat(ended.code()).isNotZero();
        assertThat(folder.resolve("asked")).doesNotExist();
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void makesAnArchiveOrNone() throws Exception {
        Path archive = folder.resolve("sandbox.tar");

        assertThat(build("NO_FINISH=1", "--tar", archive.toString()).code()).isEqualTo(1);
        assertThat(archive).doesNotExist();
        assertThat(build("", "--tar", archive.toString()).code()).isZero();
        assertThat(archive).isNotEmptyFile();
        assertThat(build("", "--tar", folder + "/none/sandbox.tar").said())
                .contains("build: no file can be made there");
        assertThat(build("", "artemis-sandbox", archive.toString()).said()).contains("build: no engine at");
        assertThat(leftovers()).isEmpty();
        assertThat(folder.resolve("sandbox.tar.part")).doesNotExist();
    }

    private List<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(work)) {
            return files.toList();
        }
    }
}
