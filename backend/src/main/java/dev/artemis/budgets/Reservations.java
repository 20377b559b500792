package dev.artemis.budgets;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.ReservationId;
import dev.artemis.shared.RunId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** What was held for calls and runs, read. See ADR-0063. */
@Service
public class Reservations {

    /** The most that one page holds. */
    public static final int MAX_PAGE = 500;

    private static final String PAGE = """
        select h.hold_id, h.project_id, h.kind, h.key_id, h.member_id, h.status, h.provider, h.model, stage.text as stage,
               purpose.text as purpose, card.text as card, h.amount, h.cost, h.created_at, h.expires_at
        from (select * from (%s) newest order by hold_id desc limit :most) h
        join labels stage on stage.label_id = h.stage
        left join labels purpose on purpose.label_id = h.purpose
        left join labels card on card.label_id = h.card
        order by h.hold_id desc\
        """;

    private final TenantTransactions transactions;
    private final JdbcClient jdbc;

    Reservations(TenantTransactions transactions, JdbcClient jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * A page of them, the newest first.
     *
     * @param limit 1 to {@value #MAX_PAGE}
     */
    public Page<HeldMoney> page(HeldQuery query, int limit) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("tenant", query.tenant().value());
        parameters.put(
                "projects", query.projects().stream().map(ProjectId::value).toArray(UUID[]::new));
        parameters.put("most", limit + 1);
        String where = where(query, parameters);
        Set<HoldStatus> statuses = query.statuses().isEmpty() ? EnumSet.allOf(HoldStatus.class) : query.statuses();
        // of each project and status its own newest, so that each is read from the end of its index
        String newest = statuses.stream()
                .map(status -> "select found.* from unnest(:projects) project (id) cross join lateral ("
                        + "select * from holds where status = '" + status + "' and project_id = project.id" + where
                        + " order by hold_id desc limit :most) found")
                .collect(Collectors.joining(" union all "));
        List<HeldMoney> found = transactions.inTenant(
                query.tenant(),
                () -> jdbc.sql(PAGE.formatted(newest))
                        .params(parameters)
                        .query((row, number) -> held(row))
                        .list());
        return found.size() <= limit
                ? Page.whole(found)
                : new Page<>(found.subList(0, limit), found.get(limit - 1).id().toString());
    }

    /** Only what is asked for stands in the statement, so that its plan fits. */
    private static String where(HeldQuery query, Map<String, Object> parameters) {
        var where = new StringBuilder(" and tenant_id = :tenant");
        if (query.before() != null) {
            where.append(" and hold_id < :before");
            parameters.put("before", query.before().value());
        }
        label(where, parameters, "stage", query.only().stage());
        label(where, parameters, "card", query.only().card());
        if (query.only().model() != null) {
            where.append(" and coalesce(model, '" + RunMoney.MODEL + "') = :model");
            parameters.put("model", query.only().model());
        }
        return where.toString();
    }

    private static void label(
            StringBuilder where, Map<String, Object> parameters, String column, @Nullable String text) {
        if (text != null) {
            where.append(" and %1$s = (select label_id from labels where tenant_id = :tenant and text = :%1$s)"
                    .formatted(column));
            parameters.put(column, text);
        }
    }

    private static HeldMoney held(ResultSet row) throws SQLException {
        UUID id = row.getObject("hold_id", UUID.class);
        UUID key = row.getObject("key_id", UUID.class);
        UUID member = row.getObject("member_id", UUID.class);
        boolean ofRun = row.getString("kind").equals("run");
        return new HeldMoney(
                new ReservationId(id),
                new ProjectId(row.getObject("project_id", UUID.class)),
                ofRun ? new RunId(id) : null,
                key == null ? null : new KeyId(key),
                member == null ? null : new UserId(member),
                HoldStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                ofRun ? RunMoney.PROVIDER : row.getString("provider"),
                ofRun ? RunMoney.MODEL : row.getString("model"),
                row.getString("stage"),
                row.getString("purpose"),
                row.getString("card"),
                new Usd(row.getBigDecimal("amount")),
                Columns.usd(row.getBigDecimal("cost")),
                Columns.instant(row, row.findColumn("created_at")),
                Columns.optionalInstant(row, row.findColumn("expires_at")));
    }
}
