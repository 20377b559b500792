package dev.artemis.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.net.InetAddress;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BelieveProxiesTest {

    private final BelieveProxies valve = new BelieveProxies(Networks.parse("10.0.0.0/8, 192.168.1.7, fd00::/8"));

    BelieveProxiesTest() {
        valve.setNext(new ValveBase() {
            @Override
            public void invoke(Request request, Response response) {}
        });
    }

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
    void aLineOfItsOwnIsTheProxysWordAndNotTheVisitors() throws Exception {
        Request request = from("10.0.0.5");
        header(request, "X-Forwarded-For", "198.51.100.1");
        header(request, "X-Forwarded-For", "203.0.113.9");
        header(request, "X-Forwarded-Proto", "https");
        header(request, "X-Forwarded-Proto", "http");

        valve.invoke(request, new Response(new org.apache.coyote.Response()));

        assertThat(request.getRemoteAddr()).isEqualTo("203.0.113.9");
        assertThat(request.isSecure()).isFalse();
    }

    @Test
    void whatTheNearestProxySaysOfTlsCounts() throws Exception {
        Request request = from("10.0.0.5");
        header(request, "X-Forwarded-Proto", "http");
        header(request, "X-Forwarded-Proto", "https");

        valve.invoke(request, new Response(new org.apache.coyote.Response()));

        assertThat(request.isSecure()).isTrue();
        assertThat(request.getRemoteAddr()).as("nobody was named").isEqualTo("10.0.0.5");
    }

    @Test
    void aStrangersLinesSayNothing() throws Exception {
        Request request = from("203.0.113.66");
        header(request, "X-Forwarded-For", "198.51.100.1");
        header(request, "X-Forwarded-Proto", "https");

        valve.invoke(request, new Response(new org.apache.coyote.Response()));

        assertThat(request.getRemoteAddr()).isEqualTo("203.0.113.66");
        assertThat(request.isSecure()).isFalse();
    }

    private static Request from(String address) {
        var request = new Request(new Connector(), new org.apache.coyote.Request());
        request.setRemoteAddr(address);
        return request;
    }

    private static void header(Request request, String name, String value) {
        request.getCoyoteRequest().getMimeHeaders().addValue(name).setString(value);
    }

    /** A name such as cafe.de looks like an address, and whoever sends it must not make us ask for it. */
    @Test
    void noNameIsLookedUp() {
        assertThat(Networks.parse("0.0.0.0/0,::/0").contain("cafe.de")).isFalse();
        assertThatThrownBy(() -> Networks.parse("cafe.de")).isInstanceOf(IllegalArgumentException.class);
        ArchRuleDefinition.noClasses()
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .check(new ClassFileImporter().importClasses(Networks.class, BelieveProxies.class));
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
