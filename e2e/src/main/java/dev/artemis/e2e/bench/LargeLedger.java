package dev.artemis.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Makes the demo's ledger large: every entry of the busy team is copied so many times, and its roll-ups and windows are
 * multiplied by the same number, so that all sums still agree to the last digit. Its months are closed, as finance closes them. Copies belong to twenty thousand cards,
 * each of which is worked on for two days.
 */
final class LargeLedger {

    private static final String TEAM = "(select tenant_id from tenants where slug = 'busy')";

    private static final int CARDS = 20_000;
    private static final int NEW_CARDS_A_DAY = 55;

    private LargeLedger() {}

    /** Brings the team to about that many entries. @return how many there are then */
    static long grow(Path home, long wanted) throws SQLException, IOException {
        try (Connection connection = connect(home)) {
            connection.setAutoCommit(false);
            long there = count(connection);
            long copies = Math.max(0, (wanted - there) / there);
            if (copies > 0) {
                execute(connection, "set local synchronous_commit = off");
                copy(connection, copies);
                multiply(connection, copies + 1);
                connection.commit();
            }
            connection.setAutoCommit(true);
            execute(connection, "vacuum analyze entries");
            execute(connection, "vacuum analyze usage_by_day");
            execute(connection, "vacuum analyze usage_by_card");
            execute(connection, "vacuum analyze usage_by_card_month");
            execute(connection, "vacuum analyze usage_by_month");
            execute(connection, "vacuum analyze usage_by_card_year");
            execute(connection, "vacuum analyze labels");
            return count(connection);
        }
    }

    /** As the database's owner. */
    static Connection connect(Path home) throws SQLException, IOException {
        Path folder = home.resolve("postgresql");
        String port = Files.readAllLines(folder.resolve("data").resolve("postmaster.pid"))
                .get(3)
                .strip();
        String password = Files.readString(folder.resolve("password")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/artemis?currentSchema=artemis", "postgres", password);
    }

    private static long count(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from entries where tenant_id = " + TEAM)) {
            found.next();
            return found.getLong(1);
        }
    }

    /** A copy is recorded some milliseconds after its original, and its id begins with that time. */
    private static void copy(Connection connection, long copies) throws SQLException {
        execute(connection, """
            insert into labels (tenant_id, text) select %s, 'BENCH-' || n from generate_series(1, %d) n\
            """.formatted(TEAM, CARDS));
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into entries (entry_id, tenant_id, project_id, key_id, member_id, recorded_at, occurred_at, price_id,
              tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h, tokens_output, day, stage, model,
              provider, card, purpose, kind, tier, over_budget, cost, cost_input, cost_cache_read, cost_cache_write_5m,
              cost_cache_write_1h, cost_output)
            select (lpad(to_hex((extract(epoch from e.recorded_at) * 1000)::bigint + n / 10), 12, '0') || '7'
                    || substr(h.hash, 1, 3) || '8' || substr(h.hash, 4, 15))::uuid,
              tenant_id, project_id, key_id, member_id, e.recorded_at + n * interval '100 microseconds', occurred_at, price_id,
              tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h, tokens_output, day, stage, model,
              provider,
              case when card is not null then
                cards.first + ((day - date '2000-01-01') * %2$d + ('x' || substr(h.hash, 1, 7))::bit(28)::int %% (2 * %2$d)) %% %3$d
              end,
              purpose, kind, tier, over_budget, cost, cost_input, cost_cache_read, cost_cache_write_5m,
              cost_cache_write_1h, cost_output
            from entries e
            cross join (select min(label_id) as first from labels where tenant_id = %1$s and text like 'BENCH-%%') cards
            cross join generate_series(1, ?) n
            cross join lateral (select md5(e.entry_id::text || n) as hash) h
            where e.tenant_id = %1$s and e.kind = 1\
            """.formatted(TEAM, NEW_CARDS_A_DAY, CARDS))) {
            statement.setLong(1, copies);
            statement.executeUpdate();
        }
    }

    /** What is summed by card comes to be day after day, and so lies on the disk. */
    private static void multiply(Connection connection, long times) throws SQLException {
        execute(connection, """
            update usage_by_day set calls = calls * %1$d, tokens_input = tokens_input * %1$d,
              tokens_cache_read = tokens_cache_read * %1$d, tokens_output = tokens_output * %1$d, cost = cost * %1$d,
              cost_input = cost_input * %1$d, cost_cache_read = cost_cache_read * %1$d, cost_output = cost_output * %1$d
            where tenant_id = %2$s and calls > 0\
            """.formatted(times, TEAM));
        execute(connection, "delete from usage_by_card where tenant_id = " + TEAM);
        execute(connection, """
            insert into usage_by_card (tenant_id, day, project_id, card, calls, tokens_input, tokens_cache_read,
              tokens_cache_write, tokens_output, runs, cpu_seconds, gib_seconds, cost)
            select tenant_id, day, project_id, coalesce(card, 0), count(*) filter (where kind = 1),
              coalesce(sum(tokens_input), 0), coalesce(sum(tokens_cache_read), 0),
              coalesce(sum(tokens_cache_write_5m), 0) + coalesce(sum(tokens_cache_write_1h), 0),
              coalesce(sum(tokens_output), 0), count(*) filter (where kind = 2), coalesce(sum(cpu_seconds), 0),
              coalesce(sum(gib_seconds), 0), sum(cost)
            from entries where tenant_id = %s
            group by tenant_id, day, project_id, coalesce(card, 0)
            order by day\
            """.formatted(TEAM));
        execute(connection, "delete from usage_by_card_month where tenant_id = " + TEAM);
        execute(connection, "delete from usage_by_month where tenant_id = " + TEAM);
        execute(connection, "delete from card_months where tenant_id = " + TEAM);
        execute(connection, "update tills set closed_before = month where tenant_id = " + TEAM);
        execute(connection, "select door.add_up_card_months()");
        execute(connection, """
            update windows set spent = spent * %1$d where tenant_id = %2$s\
            """.formatted(times, TEAM));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
