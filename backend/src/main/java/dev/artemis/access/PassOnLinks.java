package dev.artemis.access;

import static dev.artemis.mail.LetterTexts.say;

import dev.artemis.access.SignInAttempts.Begun;
import dev.artemis.access.SignInAttempts.What;
import dev.artemis.mail.Delivery;
import dev.artemis.mail.Letter;
import dev.artemis.mail.Mail;
import dev.artemis.mail.Tongue;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.UserId;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Brings links to those whom they are for: by mail where a server is named, else by the hand of an administrator. An owner of a
 * team never holds one: whoever does can be that person, also in other teams. Never inside a transaction.
 */
@Service
public class PassOnLinks {

    private static final Logger log = LoggerFactory.getLogger(PassOnLinks.class);

    private final Mail mail;
    private final AccessLinks links;
    private final Users users;
    private final PeoplesTongues tongues;
    private final SignInAttempts attempts;
    private final PublicAddressSettings address;
    private final Executor later = Executors.newVirtualThreadPerTaskExecutor();

    PassOnLinks(
            Mail mail,
            AccessLinks links,
            Users users,
            PeoplesTongues tongues,
            SignInAttempts attempts,
            PublicAddressSettings address) {
        this.mail = mail;
        this.links = links;
        this.users = users;
        this.tongues = tongues;
        this.attempts = attempts;
        this.address = address;
    }

    /** How a link went its way. */
    public sealed interface Passed {

        /** A letter is under way. */
        record ByMail(AccessLink link) implements Passed {}

        /** It is to be handed over by the administrator who asked for it. */
        record ByHand(AccessLink link) implements Passed {}

        /** No letter goes out, and whoever asked is no administrator: one of them has to ask. */
        record ByAnAdministrator() implements Passed {}

        /** Whom it is for can come in already. */
        record NotNeeded() implements Passed {}
    }

    /**
     * Invites a member who cannot sign in yet to choose a password. Waits for the mail server.
     *
     * @param otherwise the language of the letter, where the person never chose one
     */
    public Passed invite(Caller.ForTenant by, UserId member, Tongue otherwise) {
        Right.CHANGE_MEMBERS.require(by, by.tenant());
        boolean byHand = isAdministrator(by);
        if (!byHand && !mail.isConfigured()) {
            return users.byId(member).filter(AccessLinks::needsInvitation).isPresent()
                    ? new Passed.ByAnAdministrator()
                    : new Passed.NotNeeded();
        }
        return links.invitation(by, member)
                .map(made -> {
                    Passed passed = passOn(made, otherwise);
                    return passed instanceof Passed.ByHand && !byHand ? new Passed.ByAnAdministrator() : passed;
                })
                .orElseGet(Passed.NotNeeded::new);
    }

    /**
     * Gives a person a new way in. Waits for the mail server.
     *
     * @param otherwise the language of the letter, where the person never chose one
     * @throws Problem 404
     */
    public Passed reset(Caller.Admin by, UserId whose, Tongue otherwise) {
        return passOn(links.reset(by, whose), otherwise);
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
     * @param otherwise the language of the letter, where the person never chose one
     * @throws dev.artemis.shared.Problem 422 it is no e-mail address; it says nothing about who has which
     */
    public void forgot(String email, String from, Tongue otherwise) {
        String address = Users.checkedEmail(email);
        if (mail.isConfigured() && attempts.begin(What.LINK, address, from) == Begun.COUNTED) {
            later.execute(
                    () -> users.byEmail(address).flatMap(links::forgotten).ifPresent(made -> passOn(made, otherwise)));
        }
    }

    private Passed passOn(AccessLinks.Made made, Tongue otherwise) {
        Tongue tongue = tongues.tongueOf(made.email()).orElse(otherwise);
        return switch (mail.send(letter(made, tongue))) {
            case Delivery.Sent sent -> new Passed.ByMail(made.link());
            case Delivery.NotConfigured none -> new Passed.ByHand(made.link());
            case Delivery.Failed(String why, boolean forGood) -> byHand(made, why);
            case Delivery.Uncertain(String why) -> byHand(made, why);
        };
    }

    private static Passed byHand(AccessLinks.Made made, String why) {
        log.warn("A link could not be mailed, why={}", why);
        return new Passed.ByHand(made.link());
    }

    private boolean isAdministrator(Caller.ForTenant by) {
        UserId person = by.user();
        return person == null
                || users.byId(person)
                        .filter(it -> it.platformRole() == PlatformRole.ADMIN)
                        .isPresent();
    }

    private Letter letter(AccessLinks.Made made, Tongue tongue) {
        String link = address.under(made.link().path());
        return switch (made.link().kind()) {
            case INVITATION ->
                Letter.of(
                        made.email(),
                        say(tongue, "link.invitation.subject"),
                        say(tongue, "link.invitation.text", made.email(), AccessLinks.INVITED_FOR.toDays(), link));
            case RESET ->
                Letter.of(
                        made.email(),
                        say(tongue, "link.reset.subject"),
                        say(tongue, "link.reset.text", made.email(), AccessLinks.RESET_FOR.toMinutes(), link));
        };
    }
}
