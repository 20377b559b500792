package dev.artemis.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
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

    /** Ubuntu's way of forbidding what bubblewrap does. */
    @Test
    void allowsBubblewrapItsNamespacesWhereTheSystemForbidsThem() throws Exception {
        allIsThere();
        program("id", "echo " + ROOT);
        program("apt-get", "");
        program("sysctl", "[ \"$2\" = kernel.apparmor_restrict_unprivileged_userns ] && echo 1");
        program("grep", "exit 1"); // no profile speaks of it yet
        program("tee", "/usr/bin/tee " + folder.resolve("profile"));
        program("apparmor_parser", "echo \"$@\" >" + folder.resolve("loaded"));

        Said said = up();

        assertThat(said.text()).contains("AppArmor keeps bubblewrap from making the namespaces of the local sandbox");
        assertThat(folder.resolve("profile"))
                .content()
                .contains("/usr/bin/bwrap")
                .contains("userns,");
        assertThat(folder.resolve("loaded")).content().startsWith("-r /etc/apparmor.d/");
    }

    @Test
    void saysThatTheSystemForbidsNamespacesToWhoMayNotAllowThem() throws Exception {
        allIsThere();
        program("id", "echo " + SOMEBODY);
        program("apt-get", "");
        program("sysctl", "echo 1");
        program("grep", "exit 1");
        program("tee", "touch " + folder.resolve("profile"));

        assertThat(up().text()).contains("please run ./artemis up once as root or with sudo, on the machine itself");
        assertThat(folder.resolve("profile")).doesNotExist();
    }

    @Test
    void namesWhatFailedAndWhatWasSkippedAndFailsItself() throws Exception {
        allIsThere();
        program("mvn", """
                mkdir -p "$(dirname "$2")/backend/target/surefire-reports"
                cat >"$(dirname "$2")/backend/target/surefire-reports/TEST-a.xml" <<'XML'
                <testsuite>
                  <testcase name="holds" classname="dev.A" time="0.1"/>
                  <testcase name="breaks" classname="dev.A" time="0.1"><failure message="expected &lt;1&gt;&#10;but was 2">at</failure></testcase>
                  <testcase name="cannot" classname="dev.B" time="0"><skipped message="no such machine"/></testcase>
                </testsuite>
                XML""");

        Said said = said("test", "--fast");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text().lines())
                .anyMatch(line -> line.startsWith("Not here: tests with a browser"))
                .contains("Failed: dev.A.breaks: expected <1>", "Skipped: dev.B.cannot: no such machine")
                .anyMatch(line -> line.startsWith("All tests: 2 run, 1 failed, 1 skipped"));
    }

    @Test
    void aTestRunWithoutATestFails() throws Exception {
        allIsThere();

        Said said = said("test", "--fast");

        assertThat(said.exit()).isEqualTo(1);
        assertThat(said.text()).contains("All tests: 0 run");
    }

    @Test
    void endsMavenWithItself() throws Exception {
        allIsThere();
        program("mvn", "echo maven is process $$; exec sleep 600");
        Process launcher = start("test", "--fast");
        long maven;
        try (BufferedReader lines = launcher.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.lines()
                    .filter(one -> one.startsWith("maven is process "))
                    .findFirst()
                    .orElseThrow();
            maven = Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));

            launcher.destroy();

            assertThat(launcher.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(ProcessHandle.of(maven)).isEmpty();
    }

    @Test
    void saysHowItIsUsedToWhoAsksForSomethingElse() throws Exception {
        for (String[] wrong : List.of(
                new String[] {"fly"},
                new String[] {},
                new String[] {"up", "--dmo"},
                new String[] {"test", "--slow"},
                new String[] {"check", "--xml"},
                new String[] {"cluster", "sideways"})) {
            Said said = said(wrong);

            assertThat(said.exit()).as(String.join(" ", wrong)).isEqualTo(2);
            assertThat(said.text()).startsWith("usage: ./artemis COMMAND");
        }
        assertThat(said("--help").exit()).isZero();
        assertThat(said("bench", "nothing").text()).contains("no benchmark is called nothing");
    }

    private void program(String name, String script) throws IOException {
        Files.deleteIfExists(programs.resolve(name)); // a link to the real one
        Path file = Files.writeString(programs.resolve(name), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void allIsThere() throws IOException {
        for (String program : Set.of("mvn", "gcc", "bwrap")) {
            program(program, "");
        }
    }

    private record Said(int exit, String text) {}

    private Said up() throws IOException, InterruptedException {
        return said("up");
    }

    private Said said(String... command) throws IOException, InterruptedException {
        Process process = start(command);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), text);
    }

    private Process start(String... command) throws IOException {
        List<String> line = new ArrayList<>(List.of(tree.resolve("artemis").toString()));
        line.addAll(List.of(command));
        ProcessBuilder launcher = new ProcessBuilder(line).redirectErrorStream(true);
        launcher.environment().clear();
        launcher.environment().put("PATH", programs.toString());
        launcher.environment().put("HOME", folder.toString());
        launcher.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = launcher.start();
        process.getOutputStream().close();
        return process;
    }
}
