package dev.artemis.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.sandbox.Isolation.Strength;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsolationTest {

    @ParameterizedTest
    @CsvSource({
        "FULL, FULL, FULL",
        "FULL, PARTIAL, PARTIAL",
        "PARTIAL, PARTIAL, PARTIAL",
        "FULL, NONE, NONE",
        "PARTIAL, NONE, NONE",
        "NONE, NONE, NONE"
    })
    void twoTogetherAreAsStrongAsTheWeaker(Strength one, Strength other, Strength together) {
        assertThat(isolation(one).and(isolation(other)).strength()).isEqualTo(together);
        assertThat(isolation(other).and(isolation(one)).strength()).isEqualTo(together);
    }

    private static Isolation isolation(Strength strength) {
        return new Isolation(strength, List.of(), List.of());
    }
}
