package dev.artemis.alerts;

import dev.artemis.configuration.HealthSection;
import dev.artemis.persistence.TenantTransactions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The outbox in the health report. */
@Component
class AlertsSection implements HealthSection {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    AlertsSection(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    private record Figures(long waiting, long dead) {}

    @Override
    public String name() {
        return "alerts";
    }

    @Override
    public Map<String, Long> figures() {
        Figures figures = counted();
        return new TreeMap<>(Map.of("waiting", figures.waiting(), "dead", figures.dead()));
    }

    @Override
    public List<String> concerns() {
        Figures figures = counted();
        return figures.dead() == 0
                ? List.of()
                : List.of("%d %s of alerts given up: the team's page of alerts says why"
                        .formatted(figures.dead(), figures.dead() == 1 ? "delivery was" : "deliveries were"));
    }

    private Figures counted() {
        return transactions.acrossTenants(() -> jdbc.sql("select waiting, dead from door.alert_delivery_counts()")
                .query((row, number) -> new Figures(row.getLong("waiting"), row.getLong("dead")))
                .single());
    }
}
