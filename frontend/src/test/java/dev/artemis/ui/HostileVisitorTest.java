package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import dev.artemis.OnDatabase;
import dev.artemis.access.Users;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.Caller;
import dev.artemis.shared.UserId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** What somebody tries at the door whose requests no page of ours has written. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class HostileVisitorTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final String PASSWORD = "a few good words";
    private static final AtomicInteger count = new AtomicInteger();

    private final MockMvcTester mvc;
    private final Users users;
    private final AuditLog log;
    private final String email = "door-" + count.incrementAndGet() + "@example.org";
    private final String address = "10.44.0." + count.get();
    private final UserId person;

    HostileVisitorTest(MockMvcTester mvc, Users users, AuditLog log) {
        this.mvc = mvc;
        this.users = users;
        this.log = log;
        this.person = users.addOrFind(TEST, email);
        users.setPassword(TEST, person, PASSWORD);
    }

    /** Whoever is signed in as somebody else does their work for them. */
    @Test
    void nobodyIsSignedInByAForgedRequest() {
        assertThat(location(forged("/sign-in/form"))).isEqualTo("/sign-in?stale");
        assertThat(forged("/sign-in").getUnresolvedException())
                .as("the door's own path is a page's, and here is no servlet that shows it")
                .hasMessageContaining("springServlet");

        assertThat(log.find(new AuditQuery(null, email, "sign-in.", null, null), null)
                        .items())
                .isEmpty();
    }

    @Test
    void anAddressThatIsNoPagesIsToldToBeNone() {
        MockHttpSession session = new MockHttpSession();
        assertThat(location(mvc.get().uri("/no-such-page").session(session).exchange()))
                .isEqualTo("/sign-in");
        signIn(session, PASSWORD, "/sign-in/form");

        assertThat(mvc.get().uri("/no-such-page").session(session).exchange().getUnresolvedException())
                .as("it is let through to the servlet that there is none of here")
                .hasMessageContaining("springServlet");
        assertThat(mvc.post().uri("/no-such-page").session(session).exchange())
                .as("forged")
                .hasStatus(403);
    }

    private MvcTestResult forged(String path) {
        return mvc.post()
                .uri(path)
                .param("username", email)
                .param("password", PASSWORD)
                .exchange();
    }

    /** As somebody does who asks for page after page and keeps no cookie. */
    @Test
    void whoeverTakesSessionsWithoutEndIsToldToWaitAndNobodyElseIs() {
        for (int session = 0; session < NewSessions.AT_ONCE; session++) {
            assertThat(protectedPage("203.0.113.200").getResponse().getStatus()).isEqualTo(302);
        }
        MvcTestResult refused = protectedPage("203.0.113.200");
        while (refused.getResponse().getStatus() != 429) {
            refused = protectedPage("203.0.113.200");
        }

        assertThat(refused).hasContentTypeCompatibleWith("text/html").bodyText().contains("Too many at once");
        assertThat(Integer.parseInt(Objects.requireNonNull(refused.getResponse().getHeader("Retry-After"))))
                .isPositive();
        assertThat(refused.getRequest().getSession(false)).isNull();
        assertThat(protectedPage("203.0.113.201").getResponse().getStatus())
                .as("another address")
                .isEqualTo(302);
        assertThat(mvc.get()
                        .uri("/account")
                        .session(new MockHttpSession())
                        .with(visiting("203.0.113.200"))
                        .exchange()
                        .getResponse()
                        .getStatus())
                .as("who has a session already")
                .isEqualTo(302);
    }

    @Test
    void whatNeedsNoSessionCountsNothing() {
        for (int request = 0; request < NewSessions.AT_ONCE + 200; request++) {
            assertThat(mvc.get()
                            .uri("/icons/artemis.svg")
                            .with(visiting("203.0.113.202"))
                            .exchange()
                            .getUnresolvedException())
                    .as("it is let through to the servlet that there is none of here")
                    .hasMessageContaining("springServlet");
        }
    }

    private MvcTestResult protectedPage(String visitor) {
        return mvc.get().uri("/account").with(visiting(visitor)).exchange();
    }

    private static RequestPostProcessor visiting(String visitor) {
        return request -> {
            request.setRemoteAddr(visitor);
            return request;
        };
    }

    @Test
    void nobodyIsSignedOutByAForgedRequest() {
        MockHttpSession session = new MockHttpSession();
        signIn(session, PASSWORD, "/sign-in/form");

        mvc.get().uri("/logout").session(session).exchange();
        mvc.post().uri("/logout").session(session).exchange();

        assertThat(session.isInvalid()).isFalse();
        mvc.post().uri("/logout").session(session).with(csrf()).exchange();
        assertThat(session.isInvalid()).isTrue();
        assertThat(log.find(new AuditQuery(null, email, "user.signed-out", null, null), null)
                        .items())
                .extracting(AuditEntry::subject)
                .containsExactly(email);
    }

    /** Whoever planted a session's id before must not be inside with its person. */
    @Test
    void aSessionGetsAnotherIdWhenItsPersonComesIn() {
        MockHttpSession session = new MockHttpSession();
        String planted = session.getId();

        assertThat(location(signIn(session, PASSWORD, "/sign-in/form"))).isEqualTo("/");

        assertThat(session.getId()).isNotEqualTo(planted);
    }

    @Test
    void whoeverSignsInComesToThePageThatTheyAskedForAsTheyAskedForIt() {
        MockHttpSession session = new MockHttpSession();
        String asked = "/teams/busy/costs?period=month&by=model";
        assertThat(location(mvc.get().uri(asked).session(session).exchange())).isEqualTo("/sign-in");

        assertThat(location(signIn(session, PASSWORD, "/sign-in/form"))).endsWith(asked);
    }

    /** It was let in, its answer was kept for later: it must not outlive the password that let it in. */
    @Test
    void aSessionThatWasNeverUsedEndsWithThePassword() {
        MockHttpSession session = new MockHttpSession();
        assertThat(location(signIn(session, PASSWORD, "/sign-in/form"))).isEqualTo("/");

        users.setPassword(TEST, person, "a few other words");

        assertThat(session.isInvalid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sign-in/form?continue=https://evil.example",
                "/sign-in/form?redirect=//evil.example",
                "/sign-in/form?url=https:evil.example",
                "/sign-in/form?spring-security-redirect=https://evil.example/"
            })
    void nobodyIsSentElsewhere(String path) {
        assertThat(location(signIn(new MockHttpSession(), PASSWORD, path))).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b@example.org", "\r\nLocation: https://evil.example", "", "\ud800", "' or 1=1 --"})
    void whatIsNoEMailIsRefusedLikeAWrongPassword(String name) {
        MvcTestResult refused = mvc.post()
                .uri("/sign-in/form")
                .param("username", name)
                .param("password", PASSWORD)
                .with(csrf())
                .with(request -> from(request))
                .exchange();

        assertThat(location(refused)).isEqualTo("/sign-in?error");
    }

    @Test
    void whoGuessesIsToldToWaitAndNothingElse() {
        for (int guess = 0; guess < 5; guess++) {
            assertThat(location(signIn(new MockHttpSession(), "a guess", "/sign-in/form")))
                    .isEqualTo("/sign-in?error");
        }

        assertThat(location(signIn(new MockHttpSession(), PASSWORD, "/sign-in/form")))
                .isEqualTo("/sign-in?wait");
    }

    private MvcTestResult signIn(MockHttpSession session, String password, String path) {
        return mvc.post()
                .uri(path)
                .session(session)
                .param("username", email)
                .param("password", password)
                .with(csrf())
                .with(request -> from(request))
                .exchange();
    }

    private MockHttpServletRequest from(MockHttpServletRequest request) {
        request.setRemoteAddr(address);
        // as a browser that sends its session's cookie
        request.setRequestedSessionIdValid(true);
        return request;
    }

    private static String location(MvcTestResult answer) {
        @Nullable String location = answer.getResponse().getHeader("Location");
        return Objects.requireNonNullElse(location, "");
    }
}
