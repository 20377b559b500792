package dev.artemis.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Transactions of JDBC alone, on connections that are given up when the database does not answer. */
class PatientSqlTransactionManager extends JdbcTransactionManager {

    private static final long serialVersionUID = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    PatientSqlTransactionManager(DataSource dataSource) {
        super(dataSource);
    }

    /** The pool takes the time limit off again when the connection comes back. */
    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(PATIENCE.toMillis()));
    }
}
