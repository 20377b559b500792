package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.login.LoginForm;
import com.vaadin.flow.internal.JacksonUtils;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.Users;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.parts.Note;
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

/** The company's directory is down, and people stand at the door; letters could be sent. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class DeadDirectoryTest extends AtThePages {

    private final MockMvcTester mvc;

    DeadDirectoryTest(MockMvcTester mvc, Tenants tenants, Users users, Members members) {
        super(tenants, users, members);
        this.mvc = mvc;
    }

    @DynamicPropertySource
    static void directory(DynamicPropertyRegistry registry) throws IOException {
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String issuer = "http://127.0.0.1:" + nobody.getLocalPort();
            registry.add("artemis.oidc.issuer", () -> issuer);
        }
        registry.add("artemis.mail.host", () -> "127.0.0.1");
        registry.add("artemis.oidc.client-id", () -> "artemis");
        registry.add("artemis.oidc.client-secret", () -> "a secret of the test");
    }

    @Test
    void whoForgotThePasswordIsToldAtTheFieldWhatIsNoAddress() {
        open(Paths.SIGN_IN);
        fire(find(LoginForm.class).single(), "forgot-password", JacksonUtils.createObjectNode());

        clickLast("Send me a link");
        assertThat(field("E-mail").isInvalid()).isTrue();
        assertThat(field("E-mail").getErrorMessage()).isEqualTo("Please fill this in");
        field("E-mail").setValue("ada");
        clickLast("Send me a link");
        assertThat(field("E-mail").isInvalid()).isTrue();
        assertThat(field("E-mail").getErrorMessage()).isEqualTo("An e-mail address");
        assertThat(find(Note.class).all()).isEmpty();

        field("E-mail").setValue("nobody@example.org");
        clickLast("Send me a link");
        assertThat(find(Note.class).single().getElement().getTextRecursively()).contains("a link is on its way");
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
