package dev.artemis.schedules;

import dev.artemis.configuration.HealthSection;
import dev.artemis.persistence.TenantTransactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Letters of the last seven days that somebody should look at, in the health report. */
@Component
class ReportsSection implements HealthSection {

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    ReportsSection(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    private record Figures(long failed, long uncertain) {}

    @Override
    public String name() {
        return "reports";
    }

    @Override
    public Map<String, Long> figures() {
        Figures figures = counted();
        return new TreeMap<>(Map.of("failed", figures.failed(), "uncertain", figures.uncertain()));
    }

    @Override
    public List<String> concerns() {
        Figures figures = counted();
        List<String> concerns = new ArrayList<>();
        if (figures.failed() > 0) {
            concerns.add("Letters with reports that were given up: %d; the team's page of reports says why"
                    .formatted(figures.failed()));
        }
        if (figures.uncertain() > 0) {
            concerns.add(
                    "Letters with reports that may have arrived or not: %d; the team's page of reports sends them again"
                            .formatted(figures.uncertain()));
        }
        return concerns;
    }

    private Figures counted() {
        return transactions.acrossTenants(() -> jdbc.sql("select failed, uncertain from door.report_delivery_counts()")
                .query((row, number) -> new Figures(row.getLong("failed"), row.getLong("uncertain")))
                .single());
    }
}
