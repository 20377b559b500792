package dev.artemis.sandbox.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs leave nothing in their server's memory outside the heap either: threads, buffers, what the Java machine keeps for itself. */
@Tag("slow")
class ResidentMemoryTest {

    /** All of it resident from the beginning, so that what grows is something else. */
    private static final List<String> HEAP = List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC");

    private static final long MOST_KIB = 4 * 1024;

    @Test
    void fourHundredRunsLeaveNothingResident() throws IOException, InterruptedException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(HEAP);
        builder.command()
                .addAll(List.of(
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyRuns.class.getName(),
                        "25",
                        "50",
                        "50"));
        Process process = builder.redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        List<Long> resident = said.lines()
                .filter(line -> line.startsWith("resident "))
                .map(line -> Long.valueOf(line.substring("resident ".length())))
                .toList();
        assertThat(resident).as(said).hasSize(3);
        assertThat(resident.getLast() - resident.getFirst()).as(said).isLessThan(MOST_KIB);
    }
}
