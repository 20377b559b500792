package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does where something is missing: in an empty tree, on a machine whose packages are pretended. */
class LauncherSetUpTest {

    /** Taken off the path, and wanted. */
    private static final Set<String> MISSING = Set.of("mvn", "gcc", "bwrap", "sudo", "apt-get", "id");

    private static final String ROOT = "0";
    private static final String SOMEBODY = "1000";

    @TempDir
    private Path folder;

    private Path tree;
    private Path programs;

    @BeforeEach
    void pretend() throws IOException {
        tree = Files.createDirectory(folder.resolve("tree"));
        Files.copy(Path.of(System.getProperty("artemis.launcher")), tree.resolve("artemis"));
        Files.writeString(tree.resolve("pom.xml"), "<project/>");
        for (String module : Set.of("db", "backend", "frontend")) {
            Files.createDirectory(tree.resolve(module));
        }
        programs = Files.createDirectory(folder.resolve("bin"));
        try (Stream<Path> all = Files.list(Path.of("/usr/bin"))) {
            for (Path program : all.toList()) {
                if (!MISSING.contains(program.getFileName().toString())) {
                    Files.createSymbolicLink(programs.resolve(program.getFileName()), program);
                }
            }
        }
    }

    @Test
    void installsAllThatIsMissingAtOnceAndSaysWhy() throws Exception {
        program("id", "echo " + ROOT);
        program("apt-get", "echo apt-get \"$@\" >>" + folder.resolve("asked"));

        Said said = up();

        assertThat(said.text())
                .contains("missing: maven (builds Artemis)")
                .contains("missing: gcc (compiles the small program that watches over a run)")
                .contains("missing: bubblewrap (the local sandbox)")
                .containsPattern("installing .*maven gcc.*bubblewrap");
        assertThat(Files.readAllLines(folder.resolve("asked")))
                .anyMatch(line -> line.startsWith("apt-get -q update"))
                .anyMatch(line -> line.matches("apt-get .* install --no-install-recommends .*maven gcc.*bubblewrap.*"));
    }

    @Test
    void saysWhatToDoWhereInstallingFails() throws Exception {
        program("id", "echo " + ROOT);
        program("apt-get", "[ \"$2\" = update ] || { echo no such package; exit 100; }");

        Said said = up();

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text())
                .contains("no such package")
                .containsPattern("please run: sudo apt-get install .*maven gcc");
    }

    @Test
    void installsNothingForWhoMayNot() throws Exception {
        program("id", "echo " + SOMEBODY);
        program("apt-get", "touch " + folder.resolve("asked"));

        Said said = up();

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text())
                .containsPattern("not allowed to install; please run: sudo apt-get install .*maven gcc.*bubblewrap");
        assertThat(folder.resolve("asked")).doesNotExist();
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int exit, String text) {}

    private Said up() throws IOException, InterruptedException {
        ProcessBuilder launcher =
                new ProcessBuilder(tree.resolve("artemis").toString(), "up").redirectErrorStream(true);
        launcher.environment().clear();
        launcher.environment().put("PATH", programs.toString());
        launcher.environment().put("HOME", folder.toString());
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = launcher.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }
}
