package dev.artemis.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void controlAndDirectionCharactersBecomeVisible() {
        assertThat(SafeText.of("a\u001b[31mred\u0000\u202eevil")).isEqualTo("a␛[31mred␀⟨U+202E⟩evil");
    }

    @Test
    void linesAndTabsStayAsTheyAre() {
        assertThat(SafeText.of("one\r\ntwo\tthree\n")).isEqualTo("one\ntwo\tthree\n");
    }

    @Test
    void markupIsLeftToTheBrowserAsText() {
        assertThat(SafeText.of("<b>&amp;</b>")).isEqualTo("<b>&amp;</b>");
    }
}
