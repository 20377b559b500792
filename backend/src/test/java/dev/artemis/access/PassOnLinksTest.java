package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.artemis.OnDatabase;
import dev.artemis.shared.Caller;
import dev.artemis.shared.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

/** Links go out through a real SMTP server in this process. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PassOnLinksTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final Pattern LINK = Pattern.compile("https://artemis\\.example\\.org/welcome/([A-Za-z0-9_-]{43})");
    private static final GreenMail SERVER = started();

    private final Users users;
    private final AccessLinks links;
    private final PassOnLinks passOn;

    PassOnLinksTest(Users users, AccessLinks links, PassOnLinks passOn) {
        this.users = users;
        this.links = links;
        this.passOn = passOn;
    }

    @DynamicPropertySource
    static void mail(DynamicPropertyRegistry registry) {
        registry.add("artemis.mail.host", () -> "127.0.0.1");
        registry.add("artemis.mail.port", () -> SERVER.getSmtp().getPort());
        registry.add("artemis.mail.encryption", () -> "none");
        registry.add("artemis.pages.public-url", () -> "https://artemis.example.org");
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @Test
    void anInvitationIsMailedAndWorks() {
        UserId person = users.addOrFind(PLATFORM, "mailed@example.org");
        AccessLink link = links.invitation(PLATFORM, person).orElseThrow();

        PassOnLinks.Passed passed = passOn.passOn("mailed@example.org", link);

        assertThat(passed).isInstanceOf(PassOnLinks.Passed.ByMail.class);
        String text = lettersTo("mailed@example.org").getLast();
        Matcher found = LINK.matcher(text);
        assertThat(found.find()).isTrue();
        assertThat(links.use(found.group(1), "a few good words")).isEqualTo("mailed@example.org");
    }

    @Test
    void whoForgotIsMailedAndNobodyElseIs() {
        UserId person = users.addOrFind(PLATFORM, "forgot@example.org");
        users.setPassword(PLATFORM, person, "a few good words");
        int before = SERVER.getReceivedMessages().length;

        passOn.forgot("nobody@example.org", "10.5.0.1");
        passOn.forgot("Forgot@example.org ", "10.5.0.1");

        assertThat(SERVER.waitForIncomingEmail(10_000, before + 1)).isTrue();
        assertThat(lettersTo("forgot@example.org").getLast())
                .contains("new password")
                .containsPattern(LINK);
        assertThat(lettersTo("nobody@example.org")).isEmpty();
    }

    private static List<String> lettersTo(String address) {
        return Arrays.stream(SERVER.getReceivedMessages())
                .map(GreenMailUtil::getWholeMessage)
                .filter(text -> text.toLowerCase(java.util.Locale.ROOT).contains("to: " + address))
                .map(text -> text.replace("=\r\n", "").replace("=3D", "="))
                .toList();
    }

    private static GreenMail started() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }
}
