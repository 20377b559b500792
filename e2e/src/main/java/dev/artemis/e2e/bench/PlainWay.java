package dev.artemis.e2e.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What one would write first: each call is a transaction of its own that locks its windows with {@code select … for
 * update}, looks, and writes. The same tables, rows and row-level security as the platform's.
 */
final class PlainWay {

    /** Which rows it writes. */
    enum Rows {
        /** Those that the platform writes: windows, entry, both roll-ups. */
        ALL,
        /** Windows and entry alone: less than the platform does. */
        FEWEST
    }

    private static final BigDecimal COST = new BigDecimal("0.0325");
    private static final BigDecimal COST_INPUT = new BigDecimal("0.0125");
    private static final BigDecimal COST_OUTPUT = new BigDecimal("0.02");

    private static final String LOCK = """
            select w.spent + w.reserved, case w.period when 'daily' then l.daily_limit else l.monthly_limit end
            from windows w left join limits l on l.tenant_id = w.tenant_id and l.level_id = w.level_id
            where w.tenant_id = ? and w.level_id in (?, ?, ?)
              and w.starts_at <= now() and w.ends_at > now()
            order by w.level_id, w.period
            for update of w""";

    private static final String SPEND = """
            update windows set spent = spent + ?
            where tenant_id = ? and level_id in (?, ?, ?) and starts_at <= now() and ends_at > now()""";

    private static final String APPEND = """
            insert into entries (tenant_id, recorded_at, entry_id, project_id, key_id, price_id, tokens_input,
              tokens_output, day, stage, model, provider, kind, tier, over_budget, cost, cost_input, cost_output)
            values (?, now(), ?, ?, ?, ?, 5000, 2000, ?, ?, ?, ?, 1, 1, false, ?, ?, ?)""";

    private static final String ADD_USAGE = """
            insert into usage_by_day as u (tenant_id, day, project_id, stage, model, provider, key_id, member_id, calls,
              tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h, tokens_output, runs,
              cpu_seconds, gib_seconds, cost, cost_input, cost_cache_read, cost_cache_write_5m, cost_cache_write_1h,
              cost_output, cost_cpu, cost_gib)
            values (?, ?, ?, ?, ?, ?, ?, '00000000-0000-0000-0000-000000000000', 1, 5000, 0, 0, 0, 2000, 0, 0, 0,
              ?, ?, 0, 0, 0, ?, 0, 0)
            on conflict (tenant_id, day, project_id, stage, model, provider, key_id, member_id) do update set
              calls = u.calls + 1, tokens_input = u.tokens_input + excluded.tokens_input,
              tokens_output = u.tokens_output + excluded.tokens_output, cost = u.cost + excluded.cost,
              cost_input = u.cost_input + excluded.cost_input, cost_output = u.cost_output + excluded.cost_output""";

    private static final String ADD_CARD = """
            insert into usage_by_card as u (tenant_id, day, project_id, card, calls, tokens_input, tokens_cache_read,
              tokens_cache_write, tokens_output, runs, cpu_seconds, gib_seconds, cost)
            values (?, ?, ?, 0, 1, 5000, 0, 0, 2000, 0, 0, 0, ?)
            on conflict (tenant_id, day, project_id, card) do update set
              calls = u.calls + 1, tokens_input = u.tokens_input + excluded.tokens_input,
              tokens_output = u.tokens_output + excluded.tokens_output, cost = u.cost + excluded.cost""";

    private final DataSource connections;
    private final Rows rows;

    PlainWay(DataSource connections, Rows rows) {
        this.connections = connections;
        this.rows = rows;
    }

    /** Admits a call of gpt-4o, 5,000 tokens in and 2,000 out. Returns 201, or 402 where it does not fit. */
    int track(BenchTeam team) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            int status = track(connection, team);
            connection.commit();
            return status;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private int track(Connection connection, BenchTeam team) throws SQLException {
        actFor(connection, team.tenant().value());
        if (!fits(connection, team)) {
            return 402;
        }
        execute(
                connection,
                SPEND,
                COST,
                team.tenant().value(),
                team.tenant().value(),
                team.project().value(),
                team.key().value());
        BenchTeam.Numbers numbers = team.numbers();
        execute(
                connection,
                APPEND,
                team.tenant().value(),
                UUID.randomUUID(),
                team.project().value(),
                team.key().value(),
                numbers.price(),
                numbers.day(),
                numbers.stage(),
                numbers.model(),
                numbers.provider(),
                COST,
                COST_INPUT,
                COST_OUTPUT);
        if (rows == Rows.ALL) {
            execute(
                    connection,
                    ADD_USAGE,
                    team.tenant().value(),
                    numbers.day(),
                    team.project().value(),
                    numbers.stage(),
                    numbers.model(),
                    numbers.provider(),
                    team.key().value(),
                    COST,
                    COST_INPUT,
                    COST_OUTPUT);
            execute(
                    connection,
                    ADD_CARD,
                    team.tenant().value(),
                    numbers.day(),
                    team.project().value(),
                    COST);
        }
        return 201;
    }

    static void actFor(Connection connection, UUID tenant) throws SQLException {
        try (PreparedStatement set = connection.prepareStatement("select set_config('app.tenant_id', ?, true)")) {
            set.setString(1, tenant.toString());
            set.execute();
        }
    }

    private static boolean fits(Connection connection, BenchTeam team) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
            lock.setObject(1, team.tenant().value());
            lock.setObject(2, team.tenant().value());
            lock.setObject(3, team.project().value());
            lock.setObject(4, team.key().value());
            int windows = 0;
            try (ResultSet window = lock.executeQuery()) {
                while (window.next()) {
                    windows++;
                    BigDecimal limit = window.getBigDecimal(2);
                    if (limit != null && window.getBigDecimal(1).add(COST).compareTo(limit) > 0) {
                        return false;
                    }
                }
            }
            if (windows != 6) {
                throw new IllegalStateException("six windows, not " + windows);
            }
            return true;
        }
    }

    private static void execute(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int n = 0; n < parameters.length; n++) {
                statement.setObject(n + 1, parameters[n]);
            }
            statement.executeUpdate();
        }
    }
}
