package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Page;
import dev.artemis.shared.Problem;
import dev.artemis.shared.UserId;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The platform's people, for its administrators: their standing, given and taken. The last administrator stays one. */
@Service
public class People {

    private static final int PAGE = 100;

    private final Users users;
    private final LiveSessions sessions;
    private final AuthenticateKey authenticate;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Clock clock;

    People(
            Users users,
            LiveSessions sessions,
            AuthenticateKey authenticate,
            JdbcClient jdbc,
            TenantTransactions transactions,
            Audit audit,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.authenticate = authenticate;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /** A person's standing. */
    public record Standing(@Nullable PlatformRole platformRole, boolean disabled) {}

    /**
     * Everybody, by e-mail.
     *
     * @param cursor of the page before; null: from the first on
     */
    public Page<Person> all(@Nullable String cursor) {
        String after = cursor == null ? null : decoded(cursor);
        List<Person> people = transactions.acrossTenants(() -> jdbc.sql("""
                        select user_id, email, platform_role, disabled, created_at, has_password, has_second_factor, teams
                        from door.people(:after, :most)""")
                .param("after", after, Types.VARCHAR)
                .param("most", PAGE + 1)
                .query((row, number) -> new Person(
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getString("email"),
                        row.getString("platform_role") == null
                                ? null
                                : PlatformRole.valueOf(row.getString("platform_role")),
                        row.getBoolean("disabled"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        row.getBoolean("has_password"),
                        row.getBoolean("has_second_factor"),
                        row.getLong("teams")))
                .list());
        return people.size() <= PAGE
                ? Page.whole(people)
                : new Page<>(
                        people.subList(0, PAGE), encoded(people.get(PAGE - 1).email()));
    }

    /**
     * Gives a person another standing: sessions and keys feel it at once here, within seconds elsewhere.
     *
     * @throws Problem 404; 409 {@code last-admin}
     */
    public void put(Caller.Admin by, UserId whose, Standing standing) {
        UserRow before = users.byId(whose).orElseThrow(() -> Problem.notFound("The person"));
        put(by, before, standing, GivenBy.PEOPLE);
    }

    /**
     * Gives a person a role on the platform, or none; whether they may sign in stays as it is by then, whatever somebody saw before.
     *
     * @throws Problem 404; 409 {@code last-admin}
     */
    public void giveRole(Caller.Admin by, UserId whose, @Nullable PlatformRole role) {
        change(by, whose, now -> new Standing(role, now.disabled()));
    }

    /**
     * Takes back a role that one gave, unless somebody else gave another one since.
     *
     * @param given by oneself
     * @param before that they had
     * @throws Problem 404; 409 {@code standing-changed}; 409 {@code last-admin}
     */
    public void takeRoleBack(
            Caller.Admin by, UserId whose, @Nullable PlatformRole given, @Nullable PlatformRole before) {
        change(by, whose, now -> {
            if (now.platformRole() != given) {
                throw Problem.of(
                        409, "standing-changed", "Somebody else changed this person meanwhile: look at them again.");
            }
            return new Standing(before, now.disabled());
        });
    }

    /**
     * Puts a person out of the platform; their role stays as it is by then.
     *
     * @throws Problem 404; 409 {@code last-admin}
     */
    public void disable(Caller.Admin by, UserId whose) {
        change(by, whose, now -> new Standing(now.platformRole(), true));
    }

    /**
     * Lets a person in again, with the role that they have by then.
     *
     * @throws Problem 404
     */
    public void enable(Caller.Admin by, UserId whose) {
        change(by, whose, now -> new Standing(now.platformRole(), false));
    }

    /** Changes of standings queue on the lock that {@code door.put_standing} takes too: what is read here is what is changed. */
    private void change(Caller.Admin by, UserId whose, UnaryOperator<Standing> change) {
        transactions.acrossTenants(() -> {
            jdbc.sql("select pg_advisory_xact_lock(hashtext('artemis.first-admin'))")
                    .query((row, number) -> row.getRow())
                    .list();
            UserRow now = users.byId(whose).orElseThrow(() -> Problem.notFound("The person"));
            put(by, now, change.apply(new Standing(now.platformRole(), now.disabled())), GivenBy.PEOPLE);
            return now.id();
        });
    }

    /**
     * The same by whomever.
     *
     * @throws Problem 409 {@code last-admin}
     */
    void put(Caller by, UserRow before, Standing standing, GivenBy givenBy) {
        String role =
                standing.platformRole() == null ? null : standing.platformRole().name();
        transactions.acrossTenants(() -> {
            boolean done = jdbc.sql("select door.put_standing(:whose, :role, :disabled, :by, :at)")
                    .param("whose", before.id().value())
                    .param("role", role, Types.VARCHAR)
                    .param("disabled", standing.disabled())
                    .param("by", givenBy.name())
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Boolean.class)
                    .single();
            if (!done) {
                throw Problem.of(
                        409, "last-admin", "The platform keeps at least one administrator: name another one first.");
            }
            audit.record(
                    by,
                    new Change(
                            Action.USER_STANDING,
                            null,
                            before.email(),
                            new Standing(before.platformRole(), before.disabled()),
                            standing));
            AfterCommit.run(() -> {
                authenticate.forgetAll();
                sessions.ended(before.id());
            });
            return done;
        });
    }

    private static String encoded(String email) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(email.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.invalidRequest("cursor", "is none that was given out");
        }
    }
}
