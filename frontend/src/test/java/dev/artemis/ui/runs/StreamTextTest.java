package dev.artemis.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StreamTextTest {

    private static final byte[] EURO = "€".getBytes(StandardCharsets.UTF_8);

    private final StreamText text = new StreamText();

    @Test
    void aCharacterMayBePartedByTwoPieces() {
        assertThat(text.next(0, new byte[] {EURO[0]})).isEmpty();
        assertThat(text.next(1, new byte[] {EURO[1], EURO[2], '!'})).isEqualTo("€!");
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(text.next(0, "begin".getBytes(StandardCharsets.UTF_8))).isEqualTo("begin");
        assertThat(text.next(1_000, "end".getBytes(StandardCharsets.UTF_8))).isEqualTo("\n⋯\nend");
    }

    @Test
    void noCharacterIsMadeOfBytesFromBothSidesOfWhatIsMissing() {
        assertThat(text.next(0, new byte[] {'a', EURO[0]})).isEqualTo("a");
        assertThat(text.next(100, new byte[] {EURO[1], EURO[2], 'b'})).isEqualTo("�\n⋯\n��b");
    }

    @Test
    void whatIsNoUtf8IsReplacedAndWhatIsHarmfulIsMadeVisible() {
        assertThat(text.next(0, new byte[] {(byte) 0xff, 0x1b, 'x'})).isEqualTo("�␛x");
    }

    @Test
    void whatWasBegunComesAtTheEnd() {
        assertThat(text.next(0, new byte[] {EURO[0]})).isEmpty();
        assertThat(text.end()).isEqualTo("�");
    }
}
