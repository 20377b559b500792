package dev.artemis.providers;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.HealthSection;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.persistence.TenantTransactions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How many of all teams' keys are good, for the health report, and as a check that runs once the platform is up. */
@Component
class ProviderKeyFigures implements HealthSection, StartupCheck {

    private final JdbcClient jdbc;
    private final TenantTransactions transactions;

    ProviderKeyFigures(JdbcClient jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    @Override
    public String name() {
        return "provider_keys";
    }

    @Override
    public Map<String, Long> figures() {
        return transactions.acrossTenants(() -> {
            Map<String, Long> figures = new TreeMap<>();
            jdbc.sql("select status, keys from door.provider_key_figures()").query(row -> {
                figures.put(row.getString("status").replace('-', '_'), row.getLong("keys"));
            });
            return figures;
        });
    }

    /** None: that a team's key is bad is the team's trouble, not the platform's. */
    @Override
    public List<String> concerns() {
        return List.of();
    }

    @Override
    public List<Finding> findings() {
        long rejected = figures().getOrDefault("rejected", 0L);
        return List.of(
                rejected == 0
                        ? Finding.pass("provider keys", "none of the teams' keys was last rejected")
                        : Finding.warn(
                                "provider keys",
                                rejected + " of the teams' keys were last rejected by their providers",
                                "Their teams see which on the page Provider keys; they put new ones in."));
    }
}
