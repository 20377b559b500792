package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorNetworkTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2001:db8::1",
                "2001:db8::a:b:c:d",
                "2001:0db8:0000:0000:0000:0000:0000:0001",
                "2001:DB8:0:0:ffff::"
            })
    void isOneHoweverItIsWritten(String address) {
        assertThat(VisitorNetwork.of(address)).isEqualTo(VisitorNetwork.of("2001:db8::"));
    }

    @Test
    void tellsOthersApart() {
        assertThat(VisitorNetwork.of("2001:db8:0:1::1")).isNotEqualTo(VisitorNetwork.of("2001:db8::1"));
        assertThat(VisitorNetwork.of("10.0.0.1")).isNotEqualTo(VisitorNetwork.of("10.0.0.2"));
        assertThat(VisitorNetwork.of("::ffff:10.0.0.1")).isEqualTo(VisitorNetwork.of("10.0.0.1"));
        assertThat(VisitorNetwork.of("no address")).isEqualTo("no address");
    }
}
