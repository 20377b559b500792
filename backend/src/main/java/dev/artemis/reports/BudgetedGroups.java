package dev.artemis.reports;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.ProjectId;
import dev.artemis.tenants.Tenant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Groups that have a monthly budget of their own now, whether anything was spent of it or not. */
@Component
class BudgetedGroups {

    /** Groups by these alone may be what a budget is for. */
    static final Set<Dimension> BUDGETED = EnumSet.of(Dimension.TENANT, Dimension.PROJECT, Dimension.KEY);

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    BudgetedGroups(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * The groups of one team; none where it is not grouped, or by what has no budgets.
     *
     * @param project null: all of the team's
     */
    List<Map<Dimension, String>> of(Tenant tenant, @Nullable ProjectId project, List<Dimension> by) {
        if (by.isEmpty() || !BUDGETED.containsAll(by)) {
            return List.of();
        }
        UUID only = project == null ? null : project.value();
        String sql;
        if (by.contains(Dimension.KEY)) {
            sql = """
                    select p.slug, k.key_id::text from limits l
                    join api_keys k on k.tenant_id = l.tenant_id and k.key_id = l.level_id and k.revoked_at is null
                    join projects p on p.tenant_id = k.tenant_id and p.project_id = k.project_id
                    where l.tenant_id = ? and l.monthly_limit is not null and p.project_id = coalesce(?, p.project_id)
                    order by 1, 2""";
        } else if (by.contains(Dimension.PROJECT) || project != null) {
            sql = """
                    select p.slug, '' from limits l
                    join projects p on p.tenant_id = l.tenant_id and p.project_id = l.level_id
                    where l.tenant_id = ? and l.monthly_limit is not null and p.project_id = coalesce(?, p.project_id)
                    order by 1""";
        } else {
            sql = """
                    select '', '' from limits l
                    where l.tenant_id = ? and l.monthly_limit is not null and l.level_id = coalesce(?, l.tenant_id)""";
        }
        return transactions.inTenant(
                tenant.id(),
                () -> jdbc.query(
                        sql,
                        (row, number) -> group(tenant, by, row.getString(1), row.getString(2)),
                        tenant.id().value(),
                        only));
    }

    private static Map<Dimension, String> group(Tenant tenant, List<Dimension> by, String project, String key) {
        Map<Dimension, String> group = new LinkedHashMap<>();
        for (Dimension dimension : by) {
            group.put(
                    dimension,
                    switch (dimension) {
                        case TENANT -> tenant.slug().toString();
                        case PROJECT -> project;
                        case KEY -> key;
                        case STAGE, MODEL, PROVIDER, CARD, MEMBER, DAY, MONTH ->
                            throw new IllegalArgumentException(dimension + " has no budget");
                    });
        }
        return group;
    }
}
