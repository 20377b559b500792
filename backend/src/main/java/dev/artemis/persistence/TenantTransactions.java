package dev.artemis.persistence;

import dev.artemis.shared.TenantId;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions that say whom they act for. Inside, JDBC and JPA see the rows of that tenant alone. A transaction that
 * runs already is joined when it acts for the same tenant; crossing over to another is a bug and throws.
 */
@Component
public class TenantTransactions {

    private final TransactionTemplate transactions;
    private final TransactionTemplate bySql;
    private final TransactionTemplate snapshots;
    private final TransactionTemplate snapshotsOfSeveral;
    private final JdbcTemplate jdbc;
    private final ActingTenant acting;

    TenantTransactions(PlatformTransactionManager transactionManager, DataSource dataSource, ActingTenant acting) {
        this.transactions = new TransactionTemplate(transactionManager);
        this.bySql = new TransactionTemplate(new PatientSqlTransactionManager(dataSource));
        this.snapshots = new TransactionTemplate(transactionManager);
        snapshots.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshots.setReadOnly(true);
        // of JDBC alone: a session of JPA belongs to one tenant, and refuses to join this
        this.snapshotsOfSeveral = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        snapshotsOfSeveral.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshotsOfSeveral.setReadOnly(true);
        this.jdbc = new JdbcTemplate(dataSource);
        this.acting = acting;
    }

    /**
     * Runs work in a transaction of one tenant and returns its result after the commit.
     *
     * @throws IllegalStateException a transaction of somebody else is running
     */
    public <T> T inTenant(TenantId tenant, Supplier<T> work) {
        return run(tenant, work);
    }

    /** The same without a result. */
    public void inTenant(TenantId tenant, Runnable work) {
        inTenant(tenant, () -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs work that is SQL alone, and much of it, in a transaction of its own: no session of JPA is opened, and no round
     * trip says the tenant. The work's first {@link Pipeline} says it ({@link Pipeline#actFor}), its last one may commit.
     * The database is waited for half a minute, then the connection is given up.
     *
     * @throws IllegalStateException a transaction is running
     */
    public <T> T inTenantBySql(TenantId tenant, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction is running");
        }
        return acting.as(tenant, () -> Objects.requireNonNull(bySql.execute(status -> work.get())));
    }

    /**
     * Runs reads of one tenant that all see the same moment, whatever others commit meanwhile.
     *
     * @throws IllegalStateException a transaction is running
     */
    public void inSnapshot(TenantId tenant, Runnable work) {
        inSnapshot(tenant, () -> {
            work.run();
            return true;
        });
    }

    /** The same with what was read. */
    public <T> T inSnapshot(TenantId tenant, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction is running, and sees what it sees");
        }
        return acting.as(tenant, () -> Objects.requireNonNull(snapshots.execute(status -> work.get())));
    }

    /**
     * Runs reads of several tenants that all see the same moment: within, {@link #inTenant} acts for one after the other in
     * this one transaction, and each still sees its own rows alone. SQL only.
     *
     * @throws IllegalStateException a transaction is running
     */
    public void inSnapshotOfSeveral(Runnable work) {
        inSnapshotOfSeveral(() -> {
            work.run();
            return true;
        });
    }

    /** The same with what was read. */
    public <T> T inSnapshotOfSeveral(Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction is running, and sees what it sees");
        }
        return Objects.requireNonNull(snapshotsOfSeveral.execute(status -> {
            TransactionSynchronizationManager.bindResource(this, status);
            try {
                return work.get();
            } finally {
                TransactionSynchronizationManager.unbindResource(this);
            }
        }));
    }

    /** Runs work in a transaction that acts for no tenant: global tables and doors only. */
    public <T> T acrossTenants(Supplier<T> work) {
        return run(ActingTenant.NOBODY, work);
    }

    /** What fails ends the whole transaction, so only success steps back. */
    private <T> T inTurn(TenantId tenant, Supplier<T> work) {
        return acting.as(tenant, () -> {
            say(tenant.toString());
            T result = work.get();
            say("");
            return result;
        });
    }

    private void say(String tenant) {
        jdbc.queryForObject("select set_config('app.tenant_id', ?, true)", String.class, tenant);
    }

    private <T> T run(TenantId tenant, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            if (!acting.current().equals(tenant)) {
                if (acting.current().equals(ActingTenant.NOBODY)
                        && TransactionSynchronizationManager.hasResource(this)) {
                    return inTurn(tenant, work);
                }
                throw new IllegalStateException("A transaction of another tenant is running");
            }
            return work.get();
        }
        return acting.as(tenant, () -> Objects.requireNonNull(transactions.execute(status -> work.get())));
    }
}
