package dev.artemis.ui.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvTextTest {

    @Test
    void eachLineIsAVariableAndItsValueMayHaveAnything() {
        assertThat(EnvText.parsed("A=1\n\n B =x=y \nEMPTY=")).contains(Map.of("A", "1", "B", "x=y ", "EMPTY", ""));
    }

    @Test
    void aLineWithoutANameIsNone() {
        assertThat(EnvText.parsed("A=1\njust words")).isEmpty();
        assertThat(EnvText.parsed("=value")).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        Map<String, String> env = Map.of("B", "2", "A", "one two");

        assertThat(EnvText.of(env)).isEqualTo("A=one two\nB=2");
        assertThat(EnvText.parsed(EnvText.of(env))).contains(env);
    }
}
