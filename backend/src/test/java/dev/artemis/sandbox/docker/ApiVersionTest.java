package dev.artemis.sandbox.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ApiVersionTest {

    @Test
    void speaksOursWhereTheEngineUnderstandsIt() {
        assertThat(ApiVersion.agreed("1.41", "1.12")).isEqualTo("1.41");
        assertThat(ApiVersion.agreed("1.48", "1.24")).isEqualTo("1.41");
    }

    @Test
    void speaksTheOldestThatANewerEngineStillUnderstands() {
        assertThat(ApiVersion.agreed("1.52", "1.44")).isEqualTo("1.44");
    }

    @Test
    void refusesAnEngineThatIsTooOld() {
        assertThatThrownBy(() -> ApiVersion.agreed("1.40", "1.12")).hasMessageContaining("Docker 20.10 is needed");
        assertThatThrownBy(() -> ApiVersion.agreed("", "")).isInstanceOf(EngineFault.class);
    }
}
