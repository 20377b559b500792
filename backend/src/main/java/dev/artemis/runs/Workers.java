package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Leases of workers, on the database's clock. */
@Repository
class Workers {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final RunSettings settings;

    Workers(JdbcClient jdbc, TenantTransactions transactions, RunSettings settings) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.settings = settings;
    }

    /** Enters a worker, and ends the leases of earlier ones of its name: there is one process of a name at a time. */
    void register(UUID worker, String name, String backend, int slots) {
        transactions.acrossTenants(() -> {
            jdbc.sql("update workers set lease_until = now() where name = :name and lease_until > now()")
                    .param("name", name)
                    .update();
            jdbc.sql("""
                            insert into workers (worker_id, name, backend, slots, lease_until)
                            values (:worker, :name, :backend, :slots, now() + make_interval(secs => :lease))""")
                    .param("worker", worker)
                    .param("name", name)
                    .param("backend", backend)
                    .param("slots", slots)
                    .param("lease", leaseSeconds())
                    .update();
            return true;
        });
    }

    /** Renews a lease. Returns false when it had run out: others may have taken what the worker held. */
    boolean renew(UUID worker) {
        return transactions.acrossTenants(() -> jdbc.sql("""
                        with before as (
                          select worker_id, lease_until > now() as alive from workers where worker_id = :worker for update
                        )
                        update workers w set lease_until = now() + make_interval(secs => :lease)
                        from before b where w.worker_id = b.worker_id
                        returning b.alive""")
                .param("worker", worker)
                .param("lease", leaseSeconds())
                .query(Boolean.class)
                .optional()
                .orElse(false));
    }

    /** Ends a lease, so that others need not wait for it. */
    void leave(UUID worker) {
        transactions.acrossTenants(() -> jdbc.sql("update workers set lease_until = now() where worker_id = :worker")
                .param("worker", worker)
                .update());
    }

    private java.math.BigDecimal leaseSeconds() {
        return java.math.BigDecimal.valueOf(settings.lease().toMillis(), 3);
    }
}
