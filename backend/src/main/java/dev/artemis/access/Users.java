package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import dev.artemis.shared.PlainText;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Right;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** People who can sign in, across all teams. */
@Service
public class Users {

    /** Length beats composition rules; what is shorter is guessed. */
    public static final int MIN_PASSWORD = 8;

    static final int MAX_PASSWORD = 200;

    private static final int MAX_EMAIL = 254;
    /** "admin@localhost" is one. Whether mail arrives there, only mail can tell. */
    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"(),:;\\[\\]\\\\]+@[^\\s@<>\"(),:;\\[\\]\\\\]+");

    private static final String COLUMNS = """
            select user_id, email, password_hash, platform_role, disabled, came_in_at is not null as came_in,
                   standing_given_by
            from\s""";

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final PasswordEncoder passwords;
    private final LiveSessions sessions;
    private final SignInAttempts attempts;
    private final Audit audit;
    private final Clock clock;

    Users(
            JdbcClient jdbc,
            TenantTransactions transactions,
            PasswordEncoder passwords,
            LiveSessions sessions,
            SignInAttempts attempts,
            Audit audit,
            Clock clock) {
        this.sessions = sessions;
        this.attempts = attempts;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.passwords = passwords;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Adds a person, or finds the one who has that e-mail.
     *
     * @throws Problem 422 for what is no e-mail
     */
    public UserId addOrFind(Caller by, String email) {
        return add(by, email, null, null);
    }

    /**
     * Adds an administrator with a password. Returns whether it was this call that did: of instances that start at
     * once, one does.
     *
     * @throws Problem 422 for what is no e-mail, or a bad password
     */
    boolean addFirst(Caller by, String email, @Nullable String password) {
        return transactions.acrossTenants(() -> {
            jdbc.sql("select 1 from pg_advisory_xact_lock(hashtext('artemis.first-admin'))")
                    .query(Integer.class)
                    .single();
            if (jdbc.sql("select door.has_admin()").query(Boolean.class).single()) {
                return false;
            }
            add(by, email, password, PlatformRole.ADMIN);
            return true;
        });
    }

    private UserId add(Caller by, String email, @Nullable String password, @Nullable PlatformRole role) {
        String checked = checkedEmail(email);
        String hash = password == null ? null : hashed(password, checked);
        UserId wanted = UserId.random();
        return transactions.acrossTenants(() -> {
            UserId id = new UserId(jdbc.sql("select door.add_user(:id, :email, :hash, :role, :at)")
                    .param("id", wanted.value())
                    .param("email", checked)
                    .param("hash", hash, Types.VARCHAR)
                    .param("role", role == null ? null : role.name(), Types.VARCHAR)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(UUID.class)
                    .single());
            if (id.equals(wanted)) {
                audit.record(by, new Change(Action.USER_ADDED, null, checked, null, role));
            }
            return id;
        });
    }

    /**
     * Gives a person a password. Every session that they had is over, and every link that would give them another.
     *
     * @throws Problem 404; 422 for one that is too short or too common
     */
    public void setPassword(Caller by, UserId whose, String password) {
        Right.requirePlatform(by);
        String email = byId(whose).map(UserRow::email).orElseThrow(() -> Problem.notFound("The person"));
        String hash = hashed(password, email);
        transactions.acrossTenants(() -> {
            audit.record(by, new Change(Action.USER_PASSWORD_SET, null, email, null, null));
            AfterCommit.run(() -> sessions.ended(whose));
            return jdbc.sql("select 1 from door.change_password(:id, :hash, :at)")
                    .param("id", whose.value())
                    .param("hash", hash)
                    .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                    .query(Integer.class)
                    .single();
        });
    }

    /**
     * A person gives themselves another password. Their other sessions are over. Guessing the current one is slowed down.
     *
     * @throws Problem 422 where the current one is wrong, or the new one too short or too common
     */
    public void changePassword(SignedIn person, String current, String password) {
        String place = "session of " + person.id();
        if (attempts.begin(SignInAttempts.What.PASSWORD, person.email(), place) != SignInAttempts.Begun.COUNTED) {
            throw Problem.notAllowed("current", "was wrong too often; try again in a few minutes");
        }
        String known = byId(person.user()).map(UserRow::passwordHash).orElse(null);
        if (known == null || current.length() > MAX_PASSWORD || !passwords.matches(current, known)) {
            throw Problem.notAllowed("current", "is not the current password");
        }
        attempts.succeeded(SignInAttempts.What.PASSWORD, person.email(), place);
        setPassword(new Caller.Platform(person.email()), person.user(), password);
    }

    /** Ends every session of a person, on every instance. */
    public void signOutEverywhere(Caller by, UserId whose) {
        String email = byId(whose).map(UserRow::email).orElseThrow(() -> Problem.notFound("The person"));
        transactions.acrossTenants(() -> {
            audit.record(by, new Change(Action.USER_SIGNED_OUT_EVERYWHERE, null, email, null, null));
            AfterCommit.run(() -> sessions.ended(whose));
            return endSessions(whose);
        });
    }

    private int endSessions(UserId whose) {
        return jdbc.sql("select 1 from door.end_sessions(:id, :at)")
                .param("id", whose.value())
                .param("at", clock.instant().atOffset(ZoneOffset.UTC))
                .query(Integer.class)
                .single();
    }

    /** In the running transaction: what the person had open is over when it commits. */
    void endSessionsInThis(UserId whose) {
        endSessions(whose);
        AfterCommit.run(() -> sessions.ended(whose));
    }

    /**
     * A password's hash.
     *
     * @throws Problem 422 for one that is too short or too common, or that is the e-mail
     */
    String hashed(String password, String email) {
        if (password.length() < MIN_PASSWORD || password.length() > MAX_PASSWORD) {
            throw Problem.notAllowed("password", MIN_PASSWORD + " to " + MAX_PASSWORD + " characters");
        }
        if (isGuessed(password, email)) {
            throw Problem.notAllowed("password", "not one that is guessed first; a few words in a row are good");
        }
        return String.valueOf(passwords.encode(password));
    }

    /** Whether it is among the first that are tried. */
    static boolean isGuessed(String password, String email) {
        String lower = password.toLowerCase(Locale.ROOT);
        String name = email.toLowerCase(Locale.ROOT);
        boolean asTheEmail = lower.equals(name) || lower.equals(name.replaceAll("@.*", ""));
        boolean oneCharacter = password.chars().distinct().count() == 1;
        return asTheEmail || oneCharacter || CommonPasswords.has(password);
    }

    /** The teams that a person belongs to, by slug. */
    public List<Membership> memberships(UserId whose) {
        return transactions.acrossTenants(() -> jdbc.sql("""
            select tenant_id, slug, name, suspended, role from door.memberships_of(:whose)\
            """)
                .param("whose", whose.value())
                .query((row, number) -> new Membership(
                        new TenantId(row.getObject("tenant_id", UUID.class)),
                        new Slug(row.getString("slug")),
                        row.getString("name"),
                        row.getBoolean("suspended"),
                        Role.valueOf(row.getString("role"))))
                .list());
    }

    Optional<UserRow> byEmail(String email) {
        return !isEmail(email) ? Optional.empty() : found(COLUMNS + "door.user_by_email(:wanted)", email);
    }

    Optional<UserRow> byId(UserId id) {
        return found(COLUMNS + "door.user_by_id(:wanted)", id.value());
    }

    boolean adminExists() {
        return transactions.acrossTenants(
                () -> jdbc.sql("select door.has_admin()").query(Boolean.class).single());
    }

    static String checkedEmail(String email) {
        String stripped = email.strip();
        if (!isEmail(stripped)) {
            throw Problem.notAllowed("email", "an e-mail address of at most " + MAX_EMAIL + " characters");
        }
        return stripped;
    }

    private static boolean isEmail(String text) {
        return text.length() <= MAX_EMAIL && EMAIL.matcher(text).matches() && PlainText.is(text);
    }

    private Optional<UserRow> found(String sql, Object wanted) {
        return transactions.acrossTenants(() -> jdbc.sql(sql)
                .param("wanted", wanted)
                .query((row, number) -> new UserRow(
                        new UserId(row.getObject("user_id", UUID.class)),
                        row.getString("email"),
                        row.getString("password_hash"),
                        row.getString("platform_role") == null
                                ? null
                                : PlatformRole.valueOf(row.getString("platform_role")),
                        row.getBoolean("disabled"),
                        row.getBoolean("came_in"),
                        GivenBy.valueOf(row.getString("standing_given_by"))))
                .optional());
    }
}
