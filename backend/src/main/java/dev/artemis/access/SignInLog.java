package dev.artemis.access;

import dev.artemis.audit.Action;
import dev.artemis.audit.Audit;
import dev.artemis.audit.Change;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.Caller;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who came in, who did not, and who left, in the audit log. Of an e-mail that nobody has nothing is kept: people type
 * passwords there. How much somebody outside can write is bounded by {@link SignInAttempts}.
 */
@Component
class SignInLog {

    private static final Caller SOMEBODY = new Caller.Platform("somebody");
    private static final String NOBODY_KNOWN = "nobody known";

    private final Audit audit;
    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    SignInLog(Audit audit, JdbcClient jdbc, TenantTransactions transactions) {
        this.audit = audit;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** How somebody comes in. */
    enum Way {
        PASSWORD,
        CODE,
        PASSKEY,
        DIRECTORY
    }

    private record Tried(Way way) {}

    void cameIn(UserRow person, Way way) {
        if (!person.cameIn()) {
            transactions.acrossTenants(() -> jdbc.sql("select 1 from door.came_in(:whose)")
                    .param("whose", person.id().value())
                    .query(Integer.class)
                    .single());
        }
        record(new Caller.Platform(person.email()), Action.SIGN_IN_SUCCEEDED, person.email(), way);
    }

    /** @param person who they said they are; empty where nobody is called so */
    void refused(Optional<UserRow> person, Way way) {
        record(SOMEBODY, Action.SIGN_IN_FAILED, person.map(UserRow::email).orElse(NOBODY_KNOWN), way);
    }

    void lockedOut(Optional<UserRow> person, Way way) {
        record(SOMEBODY, Action.SIGN_IN_LOCKED_OUT, person.map(UserRow::email).orElse(NOBODY_KNOWN), way);
    }

    void left(SignedIn person) {
        transactions.acrossTenants(() -> {
            audit.record(
                    new Caller.Platform(person.email()),
                    new Change(Action.USER_SIGNED_OUT, null, person.email(), null, null));
            return person;
        });
    }

    private void record(Caller by, Action action, String subject, Way way) {
        transactions.acrossTenants(() -> {
            audit.record(by, new Change(action, null, subject, null, new Tried(way)));
            return way;
        });
    }
}
