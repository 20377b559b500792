package dev.artemis.persistence;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.ServerRole;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * What a database server has for everybody, and what an instance wants of it.
 *
 * @param most that ordinary users may have together
 * @param others that somebody has now
 * @param pool of this instance, when it is busy
 * @param beside the pool: those that listen for notices
 */
record Connections(int most, int others, int pool, int beside) {

    private static final String SUBJECT = "connections";
    private static final String REMEDY =
            "Raise the server's max_connections, lower artemis.database.pool-size, or run fewer instances: each has a pool.";

    /** What PostgreSQL says where it has none left, or lets a user or a database have no more. */
    static final String NONE_LEFT = "53300";

    /** On every instance one listens for what becomes of runs; where pages are, one for what changes on them. */
    static int besideThePool(Set<ServerRole> roles) {
        return roles.contains(ServerRole.UI) ? 2 : 1;
    }

    /** As that server stands now, without the connection that asks. */
    static Connections at(Connection connection, int pool, int beside) throws SQLException {
        // whoever may not look at others' sessions still sees whose they are, and in which database
        String sql = """
            select current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                     - coalesce(current_setting('reserved_connections', true)::int, 0) as most,
                   (select count(*)::int from pg_stat_activity
                    where datid is not null and usesysid is not null and pid <> pg_backend_pid()) as others\
            """;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return new Connections(row.getInt("most"), row.getInt("others"), pool, beside);
        }
    }

    /** Enough to start with, and to look at the schema. */
    boolean someAreLeft() {
        return most - others >= DatabaseSettings.KEPT + beside;
    }

    /** A server that has fewer than an instance wants refuses it; one whose others have too many of them only where it could do nothing. */
    Finding finding() {
        int wanted = pool + beside;
        int left = most - others;
        if (wanted > most) {
            return Finding.fail(
                    SUBJECT,
                    "a pool of " + pool + " and " + beside + " beside it, and the database gives " + most,
                    REMEDY);
        }
        if (!someAreLeft()) {
            return Finding.fail(
                    SUBJECT,
                    "of " + most + " that the database gives, others have " + others
                            + ": too few are left for this instance",
                    REMEDY);
        }
        return wanted <= left
                ? Finding.pass(SUBJECT, wanted + " of " + most + " that the database gives, " + left + " are free")
                : Finding.warn(
                        SUBJECT,
                        "of " + most + " that the database gives, others have " + others
                                + ": this instance wants up to " + wanted,
                        REMEDY);
    }

    /** @param said by the server, in its words */
    static Finding noneLeft(String said) {
        return Finding.fail(SUBJECT, "the database gives no more: " + said, REMEDY);
    }
}
