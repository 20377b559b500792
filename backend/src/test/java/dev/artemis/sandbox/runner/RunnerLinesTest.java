package dev.artemis.sandbox.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunnerLinesTest {

    @Test
    void cutsLinesAndDropsWhatWasCutOff() throws IOException {
        assertThat(lines("one\n\ntwo\nthr")).containsExactly("one", "", "two");
    }

    @Test
    void saysWhatCameAfterTheLastLine() throws IOException {
        RunnerLines lines = new RunnerLines(new ByteArrayInputStream("one\ntwo".getBytes(StandardCharsets.US_ASCII)));

        assertThat(lines.next()).contains("one");
        assertThat(lines.rest()).isEmpty();
        assertThat(lines.next()).isEmpty();
        assertThat(lines.rest()).isEqualTo("two");
    }

    @Test
    void shortensLineThatNoRunnerWrites() throws IOException {
        assertThat(lines("x".repeat(1_000_000) + "\nnext\n")).containsExactly("x".repeat(8_192), "next");
    }

    @Test
    void readsLineThatComesInPieces() throws IOException {
        InputStream dribble =
                new ByteArrayInputStream("a long line\n".repeat(50).getBytes(StandardCharsets.US_ASCII)) {
                    @Override
                    public synchronized int read(byte[] to, int offset, int length) {
                        return super.read(to, offset, Math.min(length, 3));
                    }
                };
        RunnerLines lines = new RunnerLines(dribble);

        assertThat(lines.next()).contains("a long line");
        assertThat(lines.next()).contains("a long line");
    }

    private static List<String> lines(String text) throws IOException {
        RunnerLines lines = new RunnerLines(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
        List<String> all = new ArrayList<>();
        for (var line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(line.get());
        }
        return all;
    }
}
