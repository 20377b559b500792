package dev.artemis.reports;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Costs of one tenant, broken down. */
@Service
public class Costs {

    private static final int ROWS_AT_ONCE = 1_000;

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    Costs(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Sums what was spent.
     *
     * @param project null: all of the tenant's
     * @param by in the order of the lines' groups and their sorting; empty: one line of all
     */
    public Breakdown breakdown(TenantId tenant, @Nullable ProjectId project, Span span, List<Dimension> by) {
        CostSql statement = CostSql.of(new CostQuery(tenant, project, span, by));
        List<CostLine> lines = transactions.inTenant(
                tenant,
                () -> jdbc.query(
                        statement.sql(),
                        (row, number) -> statement.line(row),
                        statement.parameters().toArray()));
        return new Breakdown(lines, lines.stream().map(CostLine::cost).reduce(Usd.ZERO, Usd::plus));
    }

    /** Hands the lines over one by one, in constant memory; as many as the span has. */
    public void stream(CostQuery query, Consumer<CostLine> lines) {
        CostSql statement = CostSql.of(query);
        transactions.inTenant(query.tenant(), () -> {
            var streaming = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(ROWS_AT_ONCE);
            streaming.query(
                    statement.sql(),
                    row -> {
                        lines.accept(statement.line(row));
                    },
                    statement.parameters().toArray());
        });
    }
}
