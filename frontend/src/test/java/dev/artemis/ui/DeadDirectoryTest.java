package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

/** The company's directory is down, and people stand at the door. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class DeadDirectoryTest {

    private final MockMvcTester mvc;

    DeadDirectoryTest(MockMvcTester mvc) {
        this.mvc = mvc;
    }

    @DynamicPropertySource
    static void directory(DynamicPropertyRegistry registry) throws IOException {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String issuer = "http://127.0.0.1:" + nobody.getLocalPort();
            registry.add("artemis.oidc.issuer", () -> issuer);
        }
        registry.add("artemis.oidc.client-id", () -> "artemis");
        registry.add("artemis.oidc.client-secret", () -> "a secret of the test");
    }

    @Test
    void whoeverWantsToComeThroughItIsToldAtTheDoor() {
        var response =
                mvc.get().uri("/oauth2/authorization/directory").exchange().getResponse();

        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(response.getRedirectedUrl()).isEqualTo("/sign-in?directory-down");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?code=a&state=b", "?error=server_error&state=b", ""})
    void nobodyComesBackFromIt(String answer) {
        var response = mvc.get()
                .uri("/login/oauth2/code/directory" + answer)
                .exchange()
                .getResponse();

        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(response.getRedirectedUrl()).startsWith("/sign-in");
    }
}
