package dev.artemis.runs;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.Isolation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
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

    /** A worker's place among the others. */
    record Entry(UUID worker, String name, String backend, int slots, Isolation isolation) {}

    /** Enters a worker in place of earlier ones of its name: there is one process of a name at a time. */
    void register(Entry entry) {
        transactions.acrossTenants(() -> {
            jdbc.sql("delete from workers where name = :name or lease_until < now() - interval '1 day'")
                    .param("name", entry.name())
                    .update();
            return put(entry);
        });
    }

    /** Renews a lease. Returns false when it had run out: others may have taken what the worker held. */
    boolean renew(Entry entry) {
        return transactions.acrossTenants(() -> put(entry));
    }

    /** A worker leaves: others need not wait for its lease to run out. */
    void leave(UUID worker) {
        transactions.acrossTenants(() -> jdbc.sql("delete from workers where worker_id = :worker")
                .param("worker", worker)
                .update());
    }

    /** What holds at every living worker that runs code, and what any of them lacks; none where none lives. */
    Optional<Isolation> isolation() {
        List<Isolation> all = transactions.acrossTenants(() -> jdbc.sql(
                        "select strength, holds, lacks from workers where lease_until > now()")
                .query((row, number) -> new Isolation(
                        Isolation.Strength.valueOf(row.getString("strength")),
                        List.of((String[]) row.getArray("holds").getArray()),
                        List.of((String[]) row.getArray("lacks").getArray())))
                .list());
        Optional<Isolation> together = all.stream().reduce(Isolation::and);
        return all.stream()
                .filter(one -> one.strength() != Isolation.Strength.NONE)
                .reduce(Isolation::and)
                .map(able -> able.strength() == together.orElseThrow().strength()
                        ? able
                        // some run code, and some cannot
                        : new Isolation(
                                Isolation.Strength.PARTIAL,
                                able.holds(),
                                together.orElseThrow().lacks()))
                .or(() -> together);
    }

    /** Returns whether the lease was alive before. */
    private boolean put(Entry entry) {
        return jdbc.sql("""
                        with before as (
                          select lease_until > now() as alive from workers where worker_id = :worker for update
                        ), put as (
                          insert into workers (worker_id, name, backend, slots, lease_until, strength, holds, lacks)
                          values (:worker, :name, :backend, :slots, now() + make_interval(secs => :lease), :strength,
                            :holds, :lacks)
                          on conflict (worker_id) do update set lease_until = excluded.lease_until,
                            strength = excluded.strength, holds = excluded.holds, lacks = excluded.lacks
                        )
                        select coalesce((select alive from before), false)""")
                .param("worker", entry.worker())
                .param("name", entry.name())
                .param("backend", entry.backend())
                .param("slots", entry.slots())
                .param("lease", leaseSeconds())
                .param("strength", entry.isolation().strength().name())
                .param("holds", entry.isolation().holds().toArray(String[]::new))
                .param("lacks", entry.isolation().lacks().toArray(String[]::new))
                .query(Boolean.class)
                .single();
    }

    private BigDecimal leaseSeconds() {
        return BigDecimal.valueOf(settings.lease().toMillis(), 3);
    }
}
