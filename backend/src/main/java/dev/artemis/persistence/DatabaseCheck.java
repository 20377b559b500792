package dev.artemis.persistence;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.ServerRole;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.db.Database;
import dev.artemis.db.DatabaseLogin;
import dev.artemis.db.EmbeddedPostgresql;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.core.env.Environment;

/** Whether the database that is named can be reached and used, and knows the time. Our own is made at the start. */
class DatabaseCheck implements StartupCheck {

    private static final String SUBJECT = "database";
    private static final int OLDEST = 16;
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    /** PostgreSQL's own default: the superuser's. */
    private static final int RESERVED = 3;

    private static final String SECONDS_TO_WAIT = "5";

    private final Environment environment;

    DatabaseCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        String url = environment.getProperty("artemis.database.url", "embedded");
        if (url.equals("embedded")) {
            return List.of(
                    embedded(environment.getProperty("artemis.database.home", "")),
                    new Connections(EmbeddedPostgresql.CONNECTIONS - RESERVED, 0, pool(), beside()).finding());
        }
        DatabaseLogin owner;
        try {
            owner = DatabaseAddress.parse(url).owner();
        } catch (IllegalArgumentException e) {
            return List.of(
                    Finding.fail(SUBJECT, "ARTEMIS_DATABASE_URL cannot be read", String.valueOf(e.getMessage())));
        }
        try (Connection connection = DriverManager.getConnection(owner.url(), patience(owner))) {
            return asked(connection, owner);
        } catch (SQLException e) {
            if (Connections.NONE_LEFT.equals(e.getSQLState())) {
                return List.of(Connections.noneLeft(String.valueOf(e.getMessage())));
            }
            return List.of(Finding.fail(
                    SUBJECT,
                    owner + " does not answer: " + e.getMessage(),
                    "Start it, or mend ARTEMIS_DATABASE_URL; its user must own the database."));
        }
    }

    private static Finding embedded(String home) {
        if (!EmbeddedPostgresql.mayRunHere()) {
            return Finding.fail(
                    SUBJECT,
                    "PostgreSQL never runs as root, and root may make no user namespace here",
                    "Start Artemis as an ordinary user, or name a PostgreSQL in ARTEMIS_DATABASE_URL.");
        }
        return EmbeddedPostgresql.isInUse(Path.of(home))
                ? Finding.fail(
                        SUBJECT,
                        "another Artemis uses the folder " + home,
                        "Stop it, or give this one a folder of its own with ARTEMIS_HOME.")
                : Finding.pass(SUBJECT, "our own PostgreSQL in the home folder");
    }

    private List<Finding> asked(Connection connection, DatabaseLogin owner) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        int version = connection.getMetaData().getDatabaseMajorVersion();
        findings.add(
                version >= OLDEST
                        ? Finding.pass(SUBJECT, owner + ", PostgreSQL " + version)
                        : Finding.fail(
                                SUBJECT,
                                "PostgreSQL " + version + " is too old",
                                "Use PostgreSQL " + OLDEST + " or newer; 18 is what we test with."));
        findings.add(mayMakeRoles(connection));
        findings.add(clock(connection));
        Connections connections = Connections.at(connection, pool(), beside());
        findings.add(connections.finding());
        if (connections.someAreLeft()) {
            findings.add(schema(owner));
        }
        return findings;
    }

    private static Finding mayMakeRoles(Connection connection) throws SQLException {
        String sql = """
            select r.rolsuper or r.rolcreaterole or exists (select from pg_roles where rolname = '%s')
            from pg_roles r where r.rolname = current_user\
            """.formatted(Database.APP_ROLE);
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1)
                    ? Finding.pass("database role", "the owner may make the role " + Database.APP_ROLE)
                    : Finding.fail(
                            "database role",
                            "the owner may not make the role " + Database.APP_ROLE,
                            "Give the owner of ARTEMIS_DATABASE_URL the right createrole.");
        }
    }

    /** What is no number, the check of settings tells. */
    private int pool() {
        return number(environment.getProperty("artemis.database.pool-size", "20"));
    }

    private int beside() {
        return Connections.besideThePool(ServerRole.of(environment));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Finding clock(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            Instant there = row.getObject(1, OffsetDateTime.class).toInstant();
            Duration apart = Duration.between(there, java.time.Clock.systemUTC().instant())
                    .abs();
            return apart.compareTo(CLOCKS_APART) <= 0
                    ? Finding.pass("clock", "agrees with the database's")
                    : Finding.warn(
                            "clock",
                            "this machine and the database are " + apart.toSeconds() + " s apart",
                            "Let both keep network time; the database's clock decides budgets.");
        }
    }

    private static Finding schema(DatabaseLogin owner) {
        var info = Database.ownedBy(owner).flyway().info();
        for (MigrationInfo applied : info.all()) {
            if (applied.getState().isFailed()) {
                return Finding.fail(
                        "schema",
                        "migration " + applied.getVersion() + " failed before",
                        "Restore the database, or repair it by hand.");
            }
            if (applied.getState() == org.flywaydb.core.api.MigrationState.FUTURE_SUCCESS) {
                return Finding.fail(
                        "schema",
                        "it is newer than this program (" + applied.getVersion() + ")",
                        "Run the version of Artemis that made it, or a newer one.");
            }
        }
        int pending = info.pending().length;
        return Finding.pass(
                "schema", pending == 0 ? "up to date" : pending + " migrations will be applied at the start");
    }

    private static Properties patience(DatabaseLogin owner) {
        Properties properties = new Properties();
        properties.setProperty("user", owner.username());
        properties.setProperty("password", owner.password());
        properties.setProperty("connectTimeout", SECONDS_TO_WAIT);
        properties.setProperty("socketTimeout", SECONDS_TO_WAIT);
        properties.setProperty("loginTimeout", SECONDS_TO_WAIT);
        return properties;
    }
}
