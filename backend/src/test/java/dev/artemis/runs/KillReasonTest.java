package dev.artemis.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KillReasonTest {

    @ParameterizedTest
    @EnumSource
    void isTheSandboxsByName(dev.artemis.sandbox.KillReason reason) {
        assertThat(KillReason.of(reason).name()).isEqualTo(reason.name());
    }

    /** No sandbox can say these: it was gone, or had not begun. */
    @Test
    void beyondThoseThereAreTwoOfOurOwn() {
        assertThat(Arrays.stream(KillReason.values())
                        .filter(reason -> Arrays.stream(dev.artemis.sandbox.KillReason.values())
                                .noneMatch(its -> its.name().equals(reason.name()))))
                .containsExactly(KillReason.NODE_LOST, KillReason.START_TIMEOUT);
    }
}
