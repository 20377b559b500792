package dev.artemis.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a mail server says, or does not say, and what may be done about it. */
class WhatBecameOfALetterTest {

    private static final List<String> ALL = List.of("ada@example.org", "bob@example.org", "carl@example.org");

    private final ScriptedMailServer server;

    WhatBecameOfALetterTest() throws IOException {
        server = new ScriptedMailServer(0);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedMailServer.SILENCE, ScriptedMailServer.HANGS_UP})
    void nobodyKnowsOfALetterThatWasHandedOverAndNotAnswered(String answer) {
        server.to(ScriptedMailServer.END, answer);

        Delivery delivery = send(ALL);

        assertThat(server.letters()).hasSize(1);
        assertThat(delivery).isInstanceOf(Delivery.Uncertain.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {ScriptedMailServer.SILENCE, ScriptedMailServer.HANGS_UP, "500 what"})
    void itIsSentWhateverTheServerSaysToGoodbye(String answer) {
        server.to("QUIT", answer);

        Delivery delivery = send(ALL);

        assertThat(delivery).isEqualTo(new Delivery.Sent());
    }

    @ParameterizedTest
    @CsvSource({
        "., 451, false",
        "., 554, true",
        "MAIL, 451, false",
        "MAIL, 553, true",
        "DATA, 451, false",
        "DATA, 554, true"
    })
    void whatIsRefusedIsNotSent(String line, int answer, boolean forGood) {
        server.to(line, answer + " no");

        Delivery delivery = send(ALL);

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.forGood()).isEqualTo(forGood));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAIL", "RCPT", "DATA"})
    void whoeverIsSilentBeforeTheLetterDoesNotHaveIt(String line) {
        server.to(line, ScriptedMailServer.SILENCE);

        Delivery delivery = send(ALL);

        assertThat(server.letters()).isEmpty();
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Failed.class,
                        failed -> assertThat(failed.forGood()).isFalse());
    }

    @Test
    void whoIsRefusedStopsNobodyElse() {
        server.to("RCPT TO:<bob", "550 unknown").to("RCPT TO:<carl", "451 later");

        Delivery delivery =
                send(List.of("ada@example.org", "bob@example.org", "carl@example.org", "no..body@example.org"));

        assertThat(server.letters()).hasSize(1);
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Sent.class,
                        sent -> assertThat(sent.refused())
                                .extracting(Delivery.Refusal::address, Delivery.Refusal::forGood)
                                .containsExactlyInAnyOrder(
                                        tuple("bob@example.org", true),
                                        tuple("carl@example.org", false),
                                        tuple("no..body@example.org", true)));
    }

    @ParameterizedTest
    @CsvSource({"451, false", "550, true"})
    void ofAllThatAreRefusedOneMayBeTakenLater(int answer, boolean forGood) {
        server.to("RCPT TO:<ada", "550 unknown")
                .to("RCPT TO:<bob", answer + " no")
                .to("RCPT TO:<carl", "550 unknown");

        Delivery delivery = send(ALL);

        assertThat(server.letters()).isEmpty();
        assertThat(delivery).isInstanceOfSatisfying(Delivery.Failed.class, failed -> {
            assertThat(failed.forGood()).isEqualTo(forGood);
            assertThat(failed.why()).contains("ada@example.org").contains("550").contains("bob@example.org");
        });
    }

    @Test
    void theSameLetterHasTheSameNumberWheneverItIsSent() {
        UUID id = UUID.randomUUID();

        mail().send(Letter.of(id, "ada@example.org", "subject", "text"));
        mail().send(Letter.of(id, "ada@example.org", "subject", "text"));

        assertThat(server.letters())
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter).containsOnlyOnce("Message-ID: <" + id + "@example.org>\n"));
    }

    private Delivery send(List<String> to) {
        return mail().send(new Letter(UUID.randomUUID(), to, "subject", "text", null, List.of()));
    }

    private Mail mail() {
        return new Mail(
                new MailSettings(
                        "127.0.0.1",
                        server.port(),
                        MailSettings.Encryption.NONE,
                        "",
                        "",
                        "Artemis <artemis@example.org>",
                        Duration.ofSeconds(1)),
                Clock.systemUTC());
    }
}
