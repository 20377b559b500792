package dev.artemis.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import dev.artemis.OnDatabase;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

/** Links go out through a real SMTP server in this process. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class PassOnLinksTest {

    private static final Caller PLATFORM = new Caller.Platform("test");
    private static final Caller.Admin ADMIN = new Caller.Admin(null, "admin");
    private static final Pattern LINK = Pattern.compile("https://artemis\\.example\\.org/welcome/([A-Za-z0-9_-]{43})");
    private static final GreenMail SERVER = started();

    private final Users users;
    private final AccessLinks links;
    private final PassOnLinks passOn;
    private final PeoplesTongues tongues;
    private final Tenants tenants;
    private final Members members;

    PassOnLinksTest(
            Users users,
            AccessLinks links,
            PassOnLinks passOn,
            PeoplesTongues tongues,
            Tenants tenants,
            Members members) {
        this.tongues = tongues;
        this.tenants = tenants;
        this.members = members;
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

        PassOnLinks.Passed passed = passOn.invite(owner(), person, Tongue.ENGLISH);

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

        passOn.forgot("nobody@example.org", "10.5.0.1", Tongue.ENGLISH);
        passOn.forgot("Forgot@example.org ", "10.5.0.1", Tongue.ENGLISH);

        assertThat(SERVER.waitForIncomingEmail(10_000, before + 1)).isTrue();
        assertThat(lettersTo("forgot@example.org").getLast())
                .contains("new password")
                .containsPattern(LINK);
        assertThat(lettersTo("nobody@example.org")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "forgot", "forgot@", "for got@example.org", "a@example.org,b@example.org"})
    void whatIsNoAddressIsRefusedBeforeAnybodyIsLookedFor(String typed) {
        assertThatThrownBy(() -> passOn.forgot(typed, "10.5.0.1", Tongue.ENGLISH))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.errors().getFirst().field()).isEqualTo("email"));
    }

    @Test
    void aLetterIsInItsReadersLanguageElseInThatOfWhoeverAsked() {
        UserId chose = users.addOrFind(PLATFORM, "chose@example.org");
        tongues.chosen(chose, Tongue.GERMAN);
        UserId neverChose = users.addOrFind(PLATFORM, "never-chose@example.org");

        passOn.reset(ADMIN, chose, Tongue.ENGLISH);
        passOn.reset(ADMIN, neverChose, Tongue.ENGLISH);
        assertThat(lettersTo("chose@example.org").getLast()).contains("Passwort");
        assertThat(lettersTo("never-chose@example.org").getLast()).contains("You are invited");

        tongues.cameInWith(new SignedIn(neverChose.value(), "never-chose@example.org", null), Tongue.GERMAN);
        tongues.cameInWith(new SignedIn(chose.value(), "chose@example.org", null), Tongue.ENGLISH);
        passOn.reset(ADMIN, neverChose, Tongue.ENGLISH);
        passOn.reset(ADMIN, chose, Tongue.ENGLISH);
        assertThat(lettersTo("never-chose@example.org").getLast()).contains("Passwort");
        assertThat(lettersTo("chose@example.org").getLast()).contains("Passwort");
    }

    private Caller.ForTenant owner() {
        Tenant team = tenants.create(new Slug("mailing"), "Mailing", ZoneId.of("UTC"));
        UserId owner = users.addOrFind(PLATFORM, "mailing-owner@example.org");
        members.put(PLATFORM, team.id(), owner, Role.OWNER);
        return new Caller.ForTenant(team.id(), owner, Role.OWNER, "owner");
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
