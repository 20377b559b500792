package dev.artemis.budgets;

import dev.artemis.db.Database;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Moves the database's money clock, as only the schema's owner can. */
public final class MovedClock implements AutoCloseable {

    private final Database database;

    public MovedClock(Database database) {
        this.database = database;
    }

    /** From now on the clock is ahead by that much, and goes on. */
    public void ahead(Duration by) throws SQLException {
        define("select clock_timestamp() + interval '" + by.toSeconds() + " seconds'");
    }

    /** The clock stands still. */
    public void standAt(Instant at) throws SQLException {
        define("select timestamptz '" + at + "'");
    }

    @Override
    public void close() throws SQLException {
        define("select clock_timestamp()");
    }

    private void define(String body) throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement()) {
            statement.execute(
                    "create or replace function artemis.money_now() returns timestamptz language sql volatile as $$"
                            + body + "$$");
        }
    }
}
