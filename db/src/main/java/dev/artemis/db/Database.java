package dev.artemis.db;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database with its two logins, able to bring its own schema up to date.
 *
 * @param owner owns the schema and runs migrations
 * @param app what the application works with, under row-level security
 */
public record Database(DatabaseLogin owner, DatabaseLogin app) {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    /** As long as the migration Job has. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** The role that the application signs in with. */
    public static final String APP_ROLE = "artemis_app";

    /**
     * A database reached with the owner's login alone. The app role's password is derived from the owner's, so that
     * every instance that knows the one knows the other.
     */
    public static Database ownedBy(DatabaseLogin owner) {
        return new Database(owner, new DatabaseLogin(owner.url(), APP_ROLE, derivedPassword(owner.password())));
    }

    /**
     * Makes the app role where it is missing, sets its password, and applies the migrations that are missing.
     *
     * @throws IllegalStateException the database cannot be reached, or the owner may not do this
     */
    public void migrate() {
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password())) {
            prepareAppRole(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Database " + owner + " cannot be prepared: " + e.getMessage(), e);
        }
        flyway().migrate();
    }

    /**
     * Waits until something else has applied every migration that is known here; a schema that is newer will do.
     *
     * @throws IllegalStateException it was not done within a quarter of an hour: what to look at is named
     */
    public void awaitMigrated() {
        awaitMigrated(PATIENCE);
    }

    void awaitMigrated(Duration patience) {
        long start = System.nanoTime();
        Flyway flyway = flyway();
        for (String before = "", missing = missing(flyway);
                !missing.isEmpty();
                before = missing, missing = missing(flyway)) {
            if (System.nanoTime() - start > patience.toNanos()) {
                throw new IllegalStateException("The schema is not up to date: " + missing
                        + ". Look at what brings it up to date (the Job artemis-migration, for one),"
                        + " or let this instance do it (artemis.database.migrate).");
            }
            if (!missing.equals(before)) {
                LOG.info("Waiting for the schema to be brought up to date: {}", missing);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Empty: nothing. */
    private static String missing(Flyway flyway) {
        try {
            int pending = flyway.info().pending().length;
            return pending == 0 ? "" : pending + " migrations are missing";
        } catch (FlywayException e) {
            return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
        }
    }

    /** Flyway over the owner's login, configured the only way this project uses it. */
    public Flyway flyway() {
        return Flyway.configure()
                .dataSource(owner.url(), owner.username(), owner.password())
                .locations("classpath:db/migration")
                .schemas("artemis")
                .defaultSchema("artemis")
                .load();
    }

    /** Serialised between instances that start at once: roles belong to the whole server. */
    private void prepareAppRole(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(hashtext('artemis.app-role'))");
            boolean exists;
            try (var found = statement.executeQuery("select from pg_roles where rolname = '" + APP_ROLE + "'")) {
                exists = found.next();
            }
            statement.execute((exists ? "alter" : "create") + " role " + APP_ROLE
                    + " login nosuperuser nocreatedb nocreaterole nobypassrls password '" + app.password() + "'");
        }
        connection.commit();
    }

    private static String derivedPassword(String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((secret + "\0").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(APP_ROLE.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is required of every Java platform", e);
        }
    }
}
