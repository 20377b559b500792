package dev.artemis.persistence;

import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the database at the beginning of each transaction for which tenant it acts. */
class TenantTransactionManager extends JpaTransactionManager {

    private static final long serialVersionUID = 1;

    private final transient ActingTenant acting;
    private final transient DataSource dataSource;

    TenantTransactionManager(EntityManagerFactory entityManagers, DataSource dataSource, ActingTenant acting) {
        super(entityManagers);
        this.acting = acting;
        this.dataSource = dataSource;
        setDataSource(dataSource);
    }

    @Override
    protected void doBegin(Object transaction, TransactionDefinition definition) {
        super.doBegin(transaction, definition);
        var holder = (ConnectionHolder) TransactionSynchronizationManager.getResource(dataSource);
        if (holder == null) {
            throw new IllegalStateException("JPA exposes no JDBC connection");
        }
        try {
            sayTenant(holder.getConnection());
        } catch (SQLException e) {
            doCleanupAfterCompletion(transaction);
            throw new TransactionSystemException("The transaction could not say its tenant", e);
        }
    }

    private void sayTenant(Connection connection) throws SQLException {
        try (var set = connection.prepareStatement("select set_config('app.tenant_id', ?, true)")) {
            set.setString(
                    1,
                    acting.current().equals(ActingTenant.NOBODY)
                            ? ""
                            : acting.current().toString());
            set.execute();
        }
    }
}
