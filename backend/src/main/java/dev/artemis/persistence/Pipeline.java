package dev.artemis.persistence;

import dev.artemis.shared.TenantId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Several statements in one round trip to the database. Each sees what those before it did; under read committed each
 * has a snapshot of its own.
 */
public final class Pipeline {

    /** Far more than there are; texts of some kilobytes. */
    private static final int MOST_TEXTS = 2_000;

    private static final Map<List<String>, String> TEXTS = new ConcurrentHashMap<>();

    private final List<Step<?>> steps = new ArrayList<>();

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** The rows of one statement, there once the pipeline has run. */
    public static final class Rows<T> {
        private final List<T> rows = new ArrayList<>();

        private Rows() {}

        public List<T> all() {
            return rows;
        }
    }

    private record Step<T>(
            String sql,
            @Nullable Object[] parameters,
            @Nullable RowReader<T> reader,
            Rows<T> rows) {

        void collect(ResultSet result) throws SQLException {
            if (reader == null) {
                throw new IllegalStateException("An update returned rows");
            }
            while (result.next()) {
                rows.rows.add(reader.read(result));
            }
        }
    }

    /**
     * Adds a statement that returns rows.
     *
     * @param parameters UUID, String, number, boolean, date, Instant, {@link SqlArray} or null
     */
    public <T> Rows<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
        Rows<T> rows = new Rows<>();
        steps.add(new Step<>(sql, parameters, reader, rows));
        return rows;
    }

    /** Adds a statement that returns no rows. Parameters as for {@link #query}. */
    public void update(String sql, @Nullable Object... parameters) {
        steps.add(new Step<>(sql, parameters, null, new Rows<>()));
    }

    /**
     * Says for which tenant the running transaction acts, where it was begun by {@link TenantTransactions#inTenantBySql};
     * harmless where that was said before. What follows in the transaction is planned once and not for each batch: meant
     * for statements that look rows up by key, whatever their parameters.
     */
    public void actFor(TenantId tenant) {
        query(
                "select set_config('app.tenant_id', ?, true), set_config('plan_cache_mode', 'force_generic_plan', true)",
                row -> row.getString(1),
                tenant.toString());
    }

    /**
     * Ends the transaction with the statements before it, in the same round trip; nothing may follow. A statement that
     * fails takes everything back.
     */
    public void commit() {
        update("commit");
    }

    /** Runs all statements on the connection of the running transaction. */
    public void run(JdbcOperations jdbc) {
        if (steps.isEmpty()) {
            return;
        }
        ConnectionCallback<Boolean> work = connection -> {
            execute(connection);
            return true;
        };
        jdbc.execute(work);
    }

    private void execute(Connection connection) throws SQLException {
        String sql = text(steps.stream().<String>map(Step::sql).toList());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int position = 1;
            for (Step<?> step : steps) {
                for (Object parameter : step.parameters()) {
                    bind(connection, statement, position++, parameter);
                }
            }
            boolean hasRows = statement.execute();
            for (Step<?> step : steps) {
                if (hasRows) {
                    try (ResultSet result = statement.getResultSet()) {
                        step.collect(result);
                    }
                }
                hasRows = statement.getMoreResults();
            }
        }
    }

    /** The same text object for the same statements: the driver finds what it has prepared by it. */
    private static String text(List<String> statements) {
        String known = TEXTS.get(statements);
        if (known != null) {
            return known;
        }
        String joined = String.join(";\n", statements);
        if (TEXTS.size() < MOST_TEXTS) {
            TEXTS.put(statements, joined);
        }
        return joined;
    }

    private static void bind(
            Connection connection, PreparedStatement statement, int position, @Nullable Object parameter)
            throws SQLException {
        switch (parameter) {
            case null -> statement.setNull(position, Types.NULL);
            case SqlRows.Text(String value) -> statement.setString(position, value);
            case Instant instant -> statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
            case SqlArray array -> {
                Array values = connection.createArrayOf(array.type(), array.values());
                statement.setArray(position, values);
            }
            default -> statement.setObject(position, parameter);
        }
    }
}
