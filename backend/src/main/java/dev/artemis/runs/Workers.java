package dev.artemis.runs;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.KnownFinding;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.sandbox.Isolation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Leases of workers, on the database's clock. */
@Repository
class Workers {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;
    private final RunSettings settings;
    private final JsonMapper json;
    private final JsonMapper lenient;

    Workers(JdbcClient jdbc, TenantTransactions transactions, RunSettings settings, JsonMapper json) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.settings = settings;
        this.json = json;
        this.lenient = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** A worker's place among the others. @param checks what its own say of where its runs go */
    record Entry(UUID worker, String name, String backend, int slots, Isolation isolation, List<KnownFinding> checks) {}

    /** A finding as it is written. */
    private record Written(
            String verdict,
            String subject,
            String detail,
            @Nullable String remedy,
            @Nullable Instant at) {}

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

    /** What checks of living workers say of where their runs go: each thing once, with all who say it, the worst first. */
    List<WorkersFinding> findings() {
        Map<Finding, WorkersFinding> all = new LinkedHashMap<>();
        transactions
                .acrossTenants(() -> jdbc.sql(
                                "select name, findings, checked_at from workers where lease_until > now() order by name")
                        .query((row, number) -> told(
                                row.getString("name"),
                                row.getString("findings"),
                                row.getObject("checked_at", OffsetDateTime.class)
                                        .toInstant()))
                        .list())
                .stream()
                .flatMap(List::stream)
                .forEach(one -> all.merge(one.finding(), one, Workers::both));
        return all.values().stream()
                .sorted(Comparator.comparing(
                                (WorkersFinding one) -> one.finding().verdict())
                        .reversed())
                .toList();
    }

    private List<WorkersFinding> told(String worker, String findings, Instant checkedAt) {
        return Arrays.stream(lenient.readValue(findings, Written[].class))
                .map(one -> new WorkersFinding(
                        new Finding(verdict(one.verdict()), one.subject(), one.detail(), one.remedy()),
                        List.of(worker),
                        one.at() == null ? checkedAt : one.at()))
                .toList();
    }

    /** What a newer worker says otherwise is worth a look. */
    private static Finding.Verdict verdict(String written) {
        return Arrays.stream(Finding.Verdict.values())
                .filter(one -> one.name().equals(written))
                .findFirst()
                .orElse(Finding.Verdict.WARN);
    }

    private String written(List<KnownFinding> checks) {
        return json.writeValueAsString(checks.stream()
                .map(one -> new Written(
                        one.finding().verdict().name(),
                        one.finding().subject(),
                        one.finding().detail(),
                        one.finding().remedy(),
                        one.at()))
                .toList());
    }

    private static WorkersFinding both(WorkersFinding one, WorkersFinding other) {
        List<String> workers = new ArrayList<>(one.workers());
        workers.addAll(other.workers());
        return new WorkersFinding(
                one.finding(),
                workers,
                one.checkedAt().isBefore(other.checkedAt()) ? one.checkedAt() : other.checkedAt());
    }

    /** Tells all workers, this one included, that a sandbox had no room for a run of each of those teams. */
    void tellNoRoom(Set<UUID> teams) {
        transactions.acrossTenants(() -> jdbc.sql("select pg_notify(:channel, team::text) from unnest(:teams) team")
                .param("channel", RunNotices.NO_ROOM)
                .param("teams", teams.toArray(UUID[]::new))
                .query((row, number) -> true)
                .list());
    }

    /** Returns whether the lease was alive before. */
    private boolean put(Entry entry) {
        return jdbc.sql("""
                        with before as (
                          select lease_until > now() as alive from workers where worker_id = :worker for update
                        ), put as (
                          insert into workers (worker_id, name, backend, slots, lease_until, strength, holds, lacks,
                            findings, checked_at)
                          values (:worker, :name, :backend, :slots, now() + make_interval(secs => :lease), :strength,
                            :holds, :lacks, :findings::jsonb, :checked_at)
                          on conflict (worker_id) do update set lease_until = excluded.lease_until,
                            strength = excluded.strength, holds = excluded.holds, lacks = excluded.lacks,
                            findings = excluded.findings, checked_at = excluded.checked_at
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
                .param("findings", written(entry.checks()))
                .param(
                        "checked_at",
                        entry.checks().stream()
                                .map(KnownFinding::at)
                                .min(Comparator.naturalOrder())
                                .orElse(Instant.EPOCH)
                                .atOffset(ZoneOffset.UTC))
                .query(Boolean.class)
                .single();
    }

    private BigDecimal leaseSeconds() {
        return BigDecimal.valueOf(settings.lease().toMillis(), 3);
    }
}
