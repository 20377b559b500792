package dev.artemis.supervisor;

import dev.artemis.persistence.TenantTransactions;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What the supervisor did since the beginning, on all instances. */
@Service
public class Supervision {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    Supervision(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** How an intervention went. */
    enum Outcome {
        RECOVERED,
        FAILED,
        /** The sandbox was asked for it: whether it did so is to be seen. */
        ASKED,
        /** It did what it was asked for before. */
        SHOWN,
        /** Another worker was faster: nothing to count. */
        NOT_NEEDED
    }

    /**
     * How often.
     *
     * @param recoveries interventions after which the thing was in order
     */
    public record Count(long interventions, long recoveries) {

        static final Count NONE = new Count(0, 0);

        Count plus(Count other) {
            return new Count(interventions + other.interventions, recoveries + other.recoveries);
        }
    }

    /** By kind of fault; kinds that never occurred are left out. */
    public Map<FaultKind, Count> byKind() {
        Map<FaultKind, Count> counts = new EnumMap<>(FaultKind.class);
        transactions.acrossTenants(() -> jdbc.sql("select kind, interventions, recoveries from supervision")
                .query((row, number) -> counts.put(
                        FaultKind.valueOf(row.getString("kind")),
                        new Count(row.getLong("interventions"), row.getLong("recoveries"))))
                .list());
        return counts;
    }

    void intervened(FaultKind kind, Outcome outcome) {
        switch (outcome) {
            case RECOVERED -> count(kind, 1, 1);
            case FAILED, ASKED -> count(kind, 1, 0);
            case SHOWN -> count(kind, 0, 1);
            case NOT_NEEDED -> {}
        }
    }

    /** That many were put in order. */
    void intervened(FaultKind kind, int recoveries) {
        count(kind, recoveries, recoveries);
    }

    private void count(FaultKind kind, int interventions, int recoveries) {
        transactions.acrossTenants(() -> jdbc.sql("""
                        insert into supervision as s (kind, interventions, recoveries, last_at)
                        values (:kind, :interventions, :recoveries, now())
                        on conflict (kind) do update set interventions = s.interventions + excluded.interventions,
                          recoveries = s.recoveries + excluded.recoveries, last_at = now()""")
                .param("kind", kind.name())
                .param("interventions", interventions)
                .param("recoveries", recoveries)
                .update());
    }
}
