package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

class AskedForTest {

    private final MockHttpSession session = new MockHttpSession();

    @Test
    void aPageIsComeToAsItWasAskedForAndOnce() {
        wasLedToTheDoor("/teams/busy/costs", "period=month&by=model&%7C=a%20b");

        assertThat(taken()).isEqualTo("/teams/busy/costs?period=month&by=model&%7C=a%20b");
        assertThat(taken()).isEqualTo("/");
    }

    @Test
    void aPageWithoutAQueryIsComeToWithoutOne() {
        wasLedToTheDoor("/account", null);

        assertThat(taken()).isEqualTo("/account");
    }

    @Test
    void whoeverAskedForNothingComesToTheFirstPage() {
        assertThat(taken()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example/", "/\\evil.example/", "https://evil.example/", "javascript:alert(1)", ""})
    void nobodyIsSentElsewhere(String path) {
        wasLedToTheDoor(path, null);

        assertThat(taken()).isEqualTo("/");
    }

    /** The name is what the visitor's browser says of the server; a page that is shown to others may not be made of it. */
    @Test
    void theServerThatOneIsOnIsTheOneThatOneStaysOn() {
        MockHttpServletRequest request = request("/account", null);
        request.setServerName("evil.example");
        new HttpSessionRequestCache().saveRequest(request, new MockHttpServletResponse());

        assertThat(taken()).isEqualTo("/account");
    }

    private void wasLedToTheDoor(String path, @Nullable String query) {
        new HttpSessionRequestCache().saveRequest(request(path, query), new MockHttpServletResponse());
    }

    private String taken() {
        return AskedFor.takenFrom(request("/sign-in/code", null), new MockHttpServletResponse());
    }

    private MockHttpServletRequest request(String path, @Nullable String query) {
        var request = new MockHttpServletRequest("GET", path);
        request.setQueryString(query);
        request.setSession(session);
        return request;
    }
}
