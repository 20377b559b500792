package dev.artemis.exports;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.reports.Span;
import dev.artemis.tenants.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The ledger's entries as charges: grouped by all that FOCUS has a column for, and by what priced them, then one row for
 * each kind of quantity, and one for an amount that none explains. The rows of a group add up to the cost of its entries.
 */
@Component
class FocusRows {

    private static final int ROWS_AT_ONCE = 1_000;

    /**
     * A group has one price: of the catalogue's by its number, service tier and the length of prompt that it was crossed by,
     * of compute by the rates that the run was held at. A day and its month begin and end as the team's windows say, else
     * by its zone of now; of a day that was counted beyond its month, what lies within.
     *
     * <p>The lengths of prompt that a price has rates above are sought in a sorted array, not asked for entry by entry.
     */
    private static final String SQL = """
            select p.project_id, p.name, provider.text, model.text, stage.text, coalesce(card.text, ''),
                   coalesce(s.key_id::text, ''), s.tier, s.corrects, d.kind, d.quantity, d.cost,
                   greatest(span.day_starts, span.month_starts), least(span.day_ends, span.month_ends),
                   span.month_starts, span.month_ends, s.day, s.above_tokens, d.rate
            from (
              select tenant_id, project_id, day, stage, model, provider, card, key_id, tier, corrects, price_id,
                     above_tokens, cpu_rate, memory_rate,
                     sum(tokens_input) as input, sum(tokens_cache_read) as cache_read,
                     sum(tokens_cache_write_5m) as cache_write_5m, sum(tokens_cache_write_1h) as cache_write_1h,
                     sum(tokens_output) as output, sum(cpu_seconds) as cpu, sum(gib_seconds) as memory,
                     coalesce(sum(cost_input), 0) as cost_input, coalesce(sum(cost_cache_read), 0) as cost_cache_read,
                     coalesce(sum(cost_cache_write_5m), 0) as cost_cache_write_5m,
                     coalesce(sum(cost_cache_write_1h), 0) as cost_cache_write_1h,
                     coalesce(sum(cost_output), 0) as cost_output, coalesce(sum(cost_cpu), 0) as cost_cpu,
                     coalesce(sum(cost_gib), 0) as cost_memory, sum(cost) as cost
              from (
                select e.*, case when e.kind <> 3 then 'NONE'
                                 when exists (select from entries o
                                              where o.project_id = e.project_id and o.entry_id = e.refers_to
                                                and date_trunc('month', o.day) = date_trunc('month', e.day))
                                 then 'OF_THIS_MONTH' else 'OF_AN_EARLIER_MONTH' end as corrects,
                       l.above[width_bucket(coalesce(e.tokens_input, 0) + coalesce(e.tokens_cache_read, 0)
                         + coalesce(e.tokens_cache_write_5m, 0) + coalesce(e.tokens_cache_write_1h, 0) - 1, l.above)]
                         as above_tokens,
                       h.cpu_second_rate as cpu_rate, h.gib_second_rate as memory_rate
                from entries e
                left join (
                  select r.price_id, t.code, array_agg(distinct r.above_tokens order by r.above_tokens) as above
                  from price_rates r
                  join (values (1, 'standard'), (2, 'batch'), (3, 'flex'), (4, 'priority')) as t (code, name)
                    on r.service_tier in ('standard', t.name)
                  where r.above_tokens > 0
                  group by r.price_id, t.code
                ) l on l.price_id = e.price_id and l.code = coalesce(e.tier, 1)
                left join holds h on h.hold_id = e.refers_to and h.kind = 'run' and e.kind <> 1
                %s
              ) e
              group by tenant_id, project_id, day, stage, model, provider, card, key_id, tier, corrects, price_id,
                       above_tokens, cpu_rate, memory_rate
            ) s
            cross join lateral (values
              ('INPUT', s.input, s.cost_input, null), ('CACHE_READ', s.cache_read, s.cost_cache_read, null),
              ('CACHE_WRITE_5M', s.cache_write_5m, s.cost_cache_write_5m, null),
              ('CACHE_WRITE_1H', s.cache_write_1h, s.cost_cache_write_1h, null),
              ('OUTPUT', s.output, s.cost_output, null),
              ('CPU', s.cpu, s.cost_cpu, s.cpu_rate), ('MEMORY', s.memory, s.cost_memory, s.memory_rate),
              ('AMOUNT', null, s.cost - s.cost_input - s.cost_cache_read - s.cost_cache_write_5m
                               - s.cost_cache_write_1h - s.cost_output - s.cost_cpu - s.cost_memory, null)
            ) as d (kind, quantity, cost, rate)
            cross join (select ?::text as zone) z
            join projects p on p.project_id = s.project_id
            join labels provider on provider.label_id = s.provider
            join labels model on model.label_id = s.model
            join labels stage on stage.label_id = s.stage
            left join labels card on card.label_id = s.card
            left join windows wd on wd.tenant_id = s.tenant_id and wd.level_id = s.tenant_id and wd.period = 'daily'
              and wd.period_start = s.day
            left join windows wm on wm.tenant_id = s.tenant_id and wm.level_id = s.tenant_id and wm.period = 'monthly'
              and wm.period_start = date_trunc('month', s.day)::date
            cross join lateral (select
              coalesce(wd.starts_at, s.day::timestamp at time zone z.zone) as day_starts,
              coalesce(wd.ends_at, (s.day + 1)::timestamp at time zone z.zone) as day_ends,
              coalesce(wm.starts_at, date_trunc('month', s.day::timestamp) at time zone z.zone) as month_starts,
              coalesce(wm.ends_at, (date_trunc('month', s.day::timestamp) + interval '1 month') at time zone z.zone)
                as month_ends
            ) span
            where d.cost <> 0 or d.quantity > 0
            order by s.day, s.project_id, s.provider, s.model, s.stage, s.card, s.key_id, s.tier, s.corrects,
                     s.price_id, s.above_tokens, s.cpu_rate, s.memory_rate, d.kind""";

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    FocusRows(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /**
     * Hands the charges of a part over one by one, in constant memory.
     *
     * @param account what the part's team is called
     */
    void stream(ReportPart part, String account, Consumer<FocusRow> rows) {
        Tenant tenant = part.tenant();
        List<Object> parameters = new ArrayList<>();
        String sql = SQL.formatted(where(part, parameters));
        parameters.add(tenant.timeZone().getId());
        transactions.inTenant(tenant.id(), () -> {
            var streaming = new JdbcTemplate(Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(ROWS_AT_ONCE);
            streaming.query(
                    sql,
                    row -> {
                        rows.accept(row(tenant, account, row));
                    },
                    parameters.toArray());
        });
    }

    private static String where(ReportPart part, List<Object> parameters) {
        StringBuilder where = new StringBuilder("where e.tenant_id = ?");
        parameters.add(part.tenant().id().value());
        if (part.project() != null) {
            where.append(" and e.project_id = ?");
            parameters.add(part.project().value());
        }
        switch (part.span()) {
            case Span.Days(LocalDate from, LocalDate to) -> {
                // no entry is recorded before its day begins anywhere on earth: leaves out earlier partitions
                where.append(" and e.day >= ? and e.day < ? and e.recorded_at >= ?");
                parameters.add(from);
                parameters.add(to);
                parameters.add(from.minusDays(2).atStartOfDay().atOffset(ZoneOffset.UTC));
            }
            case Span.Stretch(Instant from, Instant to) -> {
                where.append(" and e.recorded_at >= ? and e.recorded_at < ?");
                parameters.add(from.atOffset(ZoneOffset.UTC));
                parameters.add(to.atOffset(ZoneOffset.UTC));
            }
        }
        return where.toString();
    }

    private static FocusRow row(Tenant tenant, String account, ResultSet row) throws SQLException {
        FocusRow.Kind kind = FocusRow.Kind.valueOf(row.getString(10));
        return new FocusRow(
                new FocusRow.Account(tenant.id().toString(), account, row.getString(1), row.getString(2)),
                new FocusRow.Period(
                        row.getObject(17, LocalDate.class),
                        instant(row, 13),
                        instant(row, 14),
                        instant(row, 15),
                        instant(row, 16)),
                kind,
                FocusRow.Correction.valueOf(row.getString(9)),
                new FocusRow.Labels(
                        row.getString(3), row.getString(4), row.getString(5), row.getString(6), row.getString(7)),
                tier(kind, row.getObject(8, Integer.class)),
                row.getLong(18),
                FocusPrice.of(kind, row.getBigDecimal(11), row.getBigDecimal(12), row.getBigDecimal(19)),
                row.getBigDecimal(12));
    }

    /** The ledger's small numbers. */
    private static @Nullable String tier(FocusRow.Kind kind, @Nullable Integer code) {
        return switch (kind) {
            case CPU, MEMORY, AMOUNT -> null;
            case INPUT, CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H, OUTPUT ->
                switch (code) {
                    case 2 -> "batch";
                    case 3 -> "flex";
                    case 4 -> "priority";
                    case null, default -> "standard";
                };
        };
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
