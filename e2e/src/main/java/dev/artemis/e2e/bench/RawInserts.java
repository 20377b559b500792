package dev.artemis.e2e.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

/** The ledger's rows and nothing else: batched inserts, a transaction a batch. */
final class RawInserts {

    private static final String APPEND = """
            insert into entries (tenant_id, recorded_at, entry_id, project_id, key_id, price_id, tokens_input,
              tokens_output, day, stage, model, provider, kind, tier, over_budget, cost, cost_input, cost_output)
            values (?, now(), ?, ?, ?, ?, 5000, 2000, ?, ?, ?, ?, 1, 1, false, ?, ?, ?)""";

    private final DataSource connections;

    RawInserts(DataSource connections) {
        this.connections = connections;
    }

    /** Inserts so many rows in one transaction. */
    int insert(BenchTeam team, int rows) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            PlainWay.actFor(connection, team.tenant().value());
            try (PreparedStatement insert = connection.prepareStatement(APPEND)) {
                for (int row = 0; row < rows; row++) {
                    bind(insert, team);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
            return 201;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void bind(PreparedStatement insert, BenchTeam team) throws SQLException {
        BenchTeam.Numbers numbers = team.numbers();
        insert.setObject(1, team.tenant().value());
        insert.setObject(2, UUID.randomUUID());
        insert.setObject(3, team.project().value());
        insert.setObject(4, team.key().value());
        insert.setLong(5, numbers.price());
        insert.setObject(6, numbers.day());
        insert.setInt(7, numbers.stage());
        insert.setInt(8, numbers.model());
        insert.setInt(9, numbers.provider());
        insert.setBigDecimal(10, new BigDecimal("0.0325"));
        insert.setBigDecimal(11, new BigDecimal("0.0125"));
        insert.setBigDecimal(12, new BigDecimal("0.02"));
    }
}
