package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Observation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamMarkTest {

    @Test
    void whatIsStoredAlreadyIsNotStoredTwice() {
        StreamMark mark = StreamMark.NONE.after(output(0, "hello"));

        assertThat(mark.fresh(output(0, "hello"), 100)).isEmpty();
        assertThat(text(mark.fresh(output(3, "lo world"), 100).orElseThrow())).isEqualTo(" world");
    }

    @Test
    void nothingIsKeptBeyondTheCap() {
        StreamMark mark = StreamMark.NONE.after(output(0, "hello"));

        assertThat(text(mark.fresh(output(5, " world"), 8).orElseThrow())).isEqualTo(" wo");
        assertThat(mark.after(output(5, " wo")).fresh(output(8, "rld"), 8)).isEmpty();
    }

    @Test
    void aJumpIsKeptAsAJump() {
        StreamMark mark = StreamMark.NONE.after(output(0, "head")).after(output(1_000, "tail"));

        assertThat(mark).isEqualTo(new StreamMark(1_004, 8, 1_004));
    }

    @Test
    void aCharacterIsNotSplitBetweenTwoWrites() {
        var buffer = new OutputBuffer();
        byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
        buffer.add(new Observation.Output(Channel.STDOUT, 0, new byte[] {'a', euro[0], euro[1]}));

        List<Observation.Output> first = buffer.takeWhole();
        buffer.add(new Observation.Output(Channel.STDOUT, 3, new byte[] {euro[2], 'b'}));
        List<Observation.Output> second = buffer.takeWhole();

        assertThat(texts(first)).isEqualTo("a");
        assertThat(texts(second)).isEqualTo("€b");
        assertThat(second.getFirst().offset()).isEqualTo(1);
        assertThat(buffer.isEmpty()).isTrue();
    }

    @Test
    void bytesThatAreNoTextAreNotHeldBackAtTheEnd() {
        var buffer = new OutputBuffer();
        buffer.add(new Observation.Output(Channel.STDERR, 0, new byte[] {(byte) 0xf0, (byte) 0x9f}));

        assertThat(buffer.takeWhole()).isEmpty();
        assertThat(buffer.takeAll()).hasSize(1);
    }

    private static Observation.Output output(long offset, String text) {
        return new Observation.Output(Channel.STDOUT, offset, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Observation.Output output) {
        return new String(output.bytes(), StandardCharsets.UTF_8);
    }

    private static String texts(List<Observation.Output> pieces) {
        return pieces.stream().map(StreamMarkTest::text).collect(Collectors.joining());
    }
}
