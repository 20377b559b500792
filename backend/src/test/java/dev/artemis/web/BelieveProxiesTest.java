package dev.artemis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BelieveProxiesTest {

    private final BelieveProxies valve = new BelieveProxies(Networks.parse("10.0.0.0/8, 192.168.1.7, fd00::/8"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.9                         | 203.0.113.9
            1.2.3.4, 203.0.113.9                | 203.0.113.9
            1.2.3.4, 203.0.113.9, 10.0.0.5      | 203.0.113.9
            203.0.113.9, fd00::1, 192.168.1.7   | 203.0.113.9
            2001:db8::9                         | 2001:db8::9
            """)
    void theVisitorIsTheNearestThatIsNoProxyOfOurs(String header, String visitor) {
        assertThat(valve.visitor(header)).contains(visitor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "example.org", "10.0.0.1", "", "1.2.3.4, <script>"})
    void whatIsNoAddressIsNobody(String header) {
        assertThat(valve.visitor(header)).isEmpty();
    }

    @Test
    void networksEndWhereTheyEnd() {
        Networks networks = Networks.parse("172.16.0.0/12");

        assertThat(networks.contain("172.31.255.255")).isTrue();
        assertThat(networks.contain("172.32.0.0")).isFalse();
        assertThat(networks.contain("::ffff:172.16.0.1")).isTrue();
        assertThat(networks.contain("localhost")).isFalse();
        assertThatThrownBy(() -> Networks.parse("10.0.0.0/33")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Networks.parse("proxy.example.org")).isInstanceOf(IllegalArgumentException.class);
    }
}
