package dev.artemis.access;

import dev.artemis.mail.Delivery;
import dev.artemis.mail.Letter;
import dev.artemis.mail.Mail;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Brings links to those whom they are for: by mail where a server is named, else by the hand of whoever asked for them. Never
 * inside a transaction.
 */
@Service
public class PassOnLinks {

    private static final Logger log = LoggerFactory.getLogger(PassOnLinks.class);

    private final Mail mail;
    private final AccessLinks links;
    private final Users users;
    private final SignInAttempts attempts;
    private final PublicAddressSettings address;
    private final Executor later = Executors.newVirtualThreadPerTaskExecutor();

    PassOnLinks(Mail mail, AccessLinks links, Users users, SignInAttempts attempts, PublicAddressSettings address) {
        this.mail = mail;
        this.links = links;
        this.users = users;
        this.attempts = attempts;
        this.address = address;
    }

    /** How a link went its way. */
    public sealed interface Passed {

        /** A letter is under way. */
        record ByMail() implements Passed {}

        /** It is to be handed over by whoever asked for it. */
        record ByHand(AccessLink link) implements Passed {}
    }

    /** Sends the link, or gives it back where that cannot be. Waits for the mail server. */
    public Passed passOn(String email, AccessLink link) {
        return switch (mail.send(letter(email, link))) {
            case Delivery.Sent sent -> new Passed.ByMail();
            case Delivery.NotConfigured none -> new Passed.ByHand(link);
            case Delivery.Failed failed -> {
                log.warn("A link could not be mailed, why={}", failed.why());
                yield new Passed.ByHand(link);
            }
        };
    }

    /** Whether who forgot a password can help themselves. */
    public boolean canMail() {
        return mail.isConfigured();
    }

    /**
     * Somebody says that they forgot the password. Whoever has that e-mail gets a link; whether anybody has, is not told,
     * also not by how long it takes. Slowed down as signing in is.
     *
     * @param from where it was asked
     */
    public void forgot(String email, String from) {
        String counted = "forgotten password of " + email.strip();
        if (!mail.isConfigured() || !attempts.mayTry(counted, from)) {
            return;
        }
        attempts.failed(counted, from);
        later.execute(() ->
                users.byEmail(email.strip()).flatMap(links::forgotten).ifPresent(made -> passOn(email.strip(), made)));
    }

    private Letter letter(String email, AccessLink link) {
        String stem = address.publicUrl().toString().replaceAll("/+$", "");
        return switch (link.kind()) {
            case INVITATION ->
                Letter.of(email, "You are invited to Artemis", """
                        You are invited to Artemis as %s.

                        Choose a password here; the link works once, for %d days:
                        %s/%s
                        """.formatted(
                                email, AccessLinks.INVITED_FOR.toDays(), stem, link.path()));
            case RESET ->
                Letter.of(email, "A new password for Artemis", """
                        Somebody asked for a new password for %s. If it was not you, do nothing: the old one stays.

                        Choose a new one here; the link works once, for %d minutes:
                        %s/%s
                        """.formatted(
                                email, AccessLinks.RESET_FOR.toMinutes(), stem, link.path()));
        };
    }
}
