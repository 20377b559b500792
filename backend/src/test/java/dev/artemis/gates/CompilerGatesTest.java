package dev.artemis.gates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Proves that the gates of the build itself can fail: a small module with seeded faults is built by the project's own
 * parent, with the project's own settings.
 */
class CompilerGatesTest {

    private static final String MODULE = """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <parent>
            <groupId>dev.artemis</groupId>
            <artifactId>artemis</artifactId>
            <version>0.1.0-SNAPSHOT</version>
          </parent>
          <artifactId>artemis-sample</artifactId>
        </project>
        """;

    private static final Map<String, String> FAULTS = Map.of(
            "NullAway", """
            package sample;

            class Careless {
                String name() {
                    return null;
                }
            }
            """,
            "JavaTimeDefaultTimeZone", """
            package sample;

            import java.time.LocalDate;

            class Timeless {
                LocalDate today() {
                    return LocalDate.now();
                }
            }
            """,
            "UnusedVariable", """
            package sample;

            class Forgetful {
                private final int forgotten = 7;
            }
            """);

    private static final String MARKED = """
        @NullMarked
        package sample;

        import org.jspecify.annotations.NullMarked;
        """;

    @TempDir
    private Path house;

    @Test
    void theCompilerRefusesEachSeededFault() throws Exception {
        build();
        write("package-info.java", MARKED);
        for (Map.Entry<String, String> fault : FAULTS.entrySet()) {
            write("Seeded" + fault.getKey() + ".java", fault.getValue());
        }

        Built built = maven("compile");

        assertThat(built.code).isNotZero();
        for (String gate : FAULTS.keySet()) {
            assertThat(built.output).contains("[" + gate + "]");
        }
    }

    @Test
    void theFormatterRefusesWhatIsNotFormatted() throws Exception {
        build();
        write("package-info.java", MARKED);
        write("Untidy.java", "package sample;\n\nclass Untidy { int  answer( ) { return 42 ; } }\n");

        Built built = maven("spotless:check");

        assertThat(built.code).isNotZero();
        assertThat(built.output).contains("Untidy.java", "format violations");
    }

    private void build() throws IOException {
        Path root = root();
        Files.copy(root.resolve("pom.xml"), house.resolve("pom.xml"));
        Files.createDirectories(house.resolve(".mvn"));
        Files.copy(root.resolve(".mvn/jvm.config"), house.resolve(".mvn/jvm.config"));
        Files.createDirectories(house.resolve("sample/src/main/java/sample"));
        Files.writeString(house.resolve("sample/pom.xml"), MODULE);
    }

    private void write(String file, String source) throws IOException {
        Files.writeString(house.resolve("sample/src/main/java/sample").resolve(file), source);
    }

    private Built maven(String... goals) throws IOException, InterruptedException {
        Path program = onPath("mvn");
        List<String> command =
                new ArrayList<>(List.of(program.toString(), "-q", "-B", "--color=never", "-f", "sample/pom.xml"));
        command.addAll(List.of(goals));
        Path output = house.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(house.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("Maven ended").isTrue();
            return new Built(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
        }
    }

    private static Path onPath(String program) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        var found = Arrays.stream(path.split(java.io.File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "no Maven on the PATH");
        return found.orElseThrow();
    }

    /** The folder above the module that this test runs in. */
    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve(".mvn/jvm.config")) ? here : Objects.requireNonNull(here.getParent());
    }

    private record Built(int code, String output) {}
}
