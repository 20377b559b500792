package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Links by which people choose a password: after an invitation, or when they forgot theirs. Each works once, for a while. */
@Service
public class AccessLinks {

    /** How long an invitation waits. */
    public static final Duration INVITED_FOR = Duration.ofDays(3);

    /** How long a forgotten password may be replaced. */
    public static final Duration RESET_FOR = Duration.ofHours(1);

    private final Users users;
    private final LiveSessions sessions;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final OidcSettings singleSignOn;
    private final Clock clock;

    AccessLinks(
            Users users,
            LiveSessions sessions,
            JdbcClient jdbc,
            TenantTransactions transactions,
            Audit audit,
            OidcSettings singleSignOn,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.singleSignOn = singleSignOn;
        this.clock = clock;
    }

    /** A link, and to whom it goes. */
    record Made(String email, AccessLink link) {}

    /** Whom a link is for. */
    public record For(String email, AccessLink.Kind kind) {}

    /** An invitation to a team for a person who cannot sign in yet; empty for one who can, or who may not. */
    Optional<Made> invitation(Caller.ForTenant by, UserId whose) {
        Right.CHANGE_MEMBERS.require(by, by.tenant());
        return users.byId(whose)
                .filter(AccessLinks::needsInvitation)
                .map(person -> made(by, person, AccessLink.Kind.INVITATION));
    }

    /** A passkey is made by who came in before: without a password, that was through the directory. */
    private static boolean cameWithoutPassword(UserRow person) {
        return person.passwordHash() == null && person.cameIn();
    }

    /** Whether a person could come in with an invitation, and not without. Who came in another way once needs none. */
    static boolean needsInvitation(UserRow person) {
        return person.passwordHash() == null && !person.disabled() && !person.cameIn();
    }

    /**
     * A new way in for a person who forgot the password; the old one works until it is used.
     *
     * @throws Problem 404
     */
    Made reset(Caller.Admin by, UserId whose) {
        UserRow person =
                users.byId(whose).filter(it -> !it.disabled()).orElseThrow(() -> Problem.notFound("The person"));
        AccessLink.Kind kind = person.passwordHash() == null ? AccessLink.Kind.INVITATION : AccessLink.Kind.RESET;
        return made(by, person, kind);
    }

    /**
     * The same, asked for by whoever has their mail. Empty for somebody who may not come in, and for who came by single sign-on
     * while there is one: they have no password to forget, and one would stay when their directory puts them out. Once it is
     * switched off, no directory says anything of them, and without a letter they would have no way in.
     */
    Optional<Made> forgotten(UserRow person) {
        return person.disabled() || (singleSignOn.on() && cameWithoutPassword(person))
                ? Optional.empty()
                : Optional.of(made(new Caller.Platform(person.email()), person, AccessLink.Kind.RESET));
    }

    /** Whom that link is for; empty where it is none, was used, or is too old. */
    public Optional<For> look(String text) {
        return !LinkText.isOne(text)
                ? Optional.empty()
                : transactions.acrossTenants(() -> jdbc.sql("select email, kind from door.access_link(:hash, :at)")
                        .param("hash", LinkText.hash(text))
                        .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                        .query((row, number) ->
                                new For(row.getString("email"), AccessLink.Kind.valueOf(row.getString("kind"))))
                        .optional());
    }

    /**
     * Chooses the password, once. Every session that the person had is over.
     *
     * @return the e-mail to sign in with
     * @throws Problem 404 where it is none, was used, or is too old; 422 for a bad password
     */
    public String use(String text, String password) {
        For whom = look(text).orElseThrow(AccessLinks::noSuchLink);
        String hash = users.hashed(password, whom.email());
        Instant now = clock.instant();
        return transactions.acrossTenants(() -> jdbc.sql("""
                        select user_id, email from door.use_access_link(:hash, :password, :at)""")
                .param("hash", LinkText.hash(text))
                .param("password", hash)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    UserId person = new UserId(row.getObject("user_id", UUID.class));
                    String email = row.getString("email");
                    audit.record(
                            new Caller.Platform(email),
                            new Change(Action.USER_PASSWORD_CHOSEN, null, email, null, whom.kind()));
                    AfterCommit.run(() -> sessions.ended(person));
                    return email;
                })
                .optional()
                .orElseThrow(AccessLinks::noSuchLink));
    }

    private Made made(Caller by, UserRow person, AccessLink.Kind kind) {
        TenantId team = by instanceof Caller.ForTenant member ? member.tenant() : null;
        Instant now = clock.instant();
        AccessLink link = new AccessLink(
                LinkText.next(),
                kind,
                now.plus(
                        switch (kind) {
                            case INVITATION -> INVITED_FOR;
                            case RESET -> RESET_FOR;
                        }));
        Supplier<Made> work = () -> {
            jdbc.sql("select 1 from door.add_access_link(:hash, :whose, :kind, :by, :at, :until)")
                    .param("hash", LinkText.hash(link.text()))
                    .param("whose", person.id().value())
                    .param("kind", kind.name())
                    .param("by", by.name())
                    .param("at", now.atOffset(ZoneOffset.UTC))
                    .param("until", link.expiresAt().atOffset(ZoneOffset.UTC))
                    .query(Integer.class)
                    .single();
            audit.record(by, new Change(Action.ACCESS_LINK_MADE, team, person.email(), null, kind));
            return new Made(person.email(), link);
        };
        return team == null ? transactions.acrossTenants(work) : transactions.inTenant(team, work);
    }

    private static Problem noSuchLink() {
        return Problem.notFound("The link");
    }
}
