package dev.artemis.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A database of before it was noted who gave what: the migration is run once more over rows as they were then. */
class WhatWasGivenBeforeTest {

    private static final String MIGRATION = "/db/migration/V204__what_was_given_before_is_known_by_the_log.sql";

    private final Database database = TestDatabase.fresh();

    @Test
    void theLogTellsWhatTheDirectoryGaveAndWhoCameIn() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                Statement sql = connection.createStatement()) {
            sql.execute("set search_path = artemis");
            sql.execute("""
                    insert into tenants (tenant_id, slug, name, time_zone, created_at)
                    values ('00000000-0000-0000-0000-000000000001', 'old', 'Old', 'UTC', now());
                    insert into users (user_id, email, platform_role, created_at) values
                      ('00000000-0000-0000-0000-00000000000a', 'mapped@old.example', 'FINANCE', now()),
                      ('00000000-0000-0000-0000-00000000000b', 'Kept@old.example', null, now()),
                      ('00000000-0000-0000-0000-00000000000c', 'hired@old.example', 'FINANCE', now());
                    insert into memberships (tenant_id, user_id, role, created_at)
                    select '00000000-0000-0000-0000-000000000001', user_id, 'VIEWER', now() from users
                    where email like '%@old.example';
                    insert into audit_entries (tenant_id, at, actor, action, subject) values
                      (null, now(), 'single sign-on', 'user.standing', 'mapped@old.example'),
                      (null, now(), 'admin', 'user.standing', 'hired@old.example'),
                      (null, now(), 'mapped@old.example', 'sign-in.succeeded', 'mapped@old.example'),
                      ('00000000-0000-0000-0000-000000000001', now(), 'single sign-on', 'member.put', 'mapped@old.example'),
                      ('00000000-0000-0000-0000-000000000001', now(), 'single sign-on', 'member.put', 'kept@old.example'),
                      ('00000000-0000-0000-0000-000000000001', now(), 'an owner', 'member.put', 'kept@old.example'),
                      ('00000000-0000-0000-0000-000000000001', now(), 'an owner', 'member.put', 'hired@old.example');
                    """);

            sql.execute(migration());

            assertThat(one(sql, """
                    select string_agg(concat_ws(' ', u.email, m.given_by, u.standing_given_by, u.came_in_at is not null), ', '
                      order by u.user_id)
                    from users u join memberships m using (user_id) where u.email like '%@old.example'"""))
                    .isEqualTo("mapped@old.example DIRECTORY DIRECTORY t, Kept@old.example PEOPLE PEOPLE f,"
                            + " hired@old.example PEOPLE PEOPLE f");
        }
    }

    /** An instance of the version before still runs while the new ones start. */
    @Test
    void theDoorOfTheVersionBeforeIsStillThere() throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.app().url(),
                        database.app().username(),
                        database.app().password());
                Statement sql = connection.createStatement()) {
            assertThat(one(sql, "select door.put_standing(gen_random_uuid(), null, false, now())"))
                    .isEqualTo("t");
        }
    }

    private static String one(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String migration() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(WhatWasGivenBeforeTest.class.getResourceAsStream(MIGRATION), MIGRATION)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
