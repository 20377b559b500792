package dev.artemis.scanning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scans do not need more memory than a small process has, whatever they are given, and keep none. */
@Tag("slow")
class ScannerHeapTest {

    /** For one program of a megabyte at a time, all else that the process has included. */
    private static final String HEAP = "-Xmx192m";

    private static final long KEPT_AT_MOST = 8L << 20;

    @Test
    void aMegabyteIsScannedInASmallHeapAndNothingStays() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScanInSmallHeap.class.getName())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        List<String> lines = said.lines().toList();
        assertThat(lines).hasSize(ScanInSmallHeap.programs().size() + 1);
        assertThat(Long.parseLong(lines.getLast().substring("kept ".length()))).isLessThan(KEPT_AT_MOST);
    }
}
