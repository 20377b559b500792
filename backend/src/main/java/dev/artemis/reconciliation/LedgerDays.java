package dev.artemis.reconciliation;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The ledger's calls by model and day of UTC: a call counts when it happened, where its caller said so, and a correction when
 * what it puts right did; what is settled after its month was closed is a correction too, of what was held. So a corrected month agrees with its bill, and the month of the correction too.
 */
@Component
class LedgerDays {

    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    LedgerDays(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** Whose calls a team ever recorded, but for our own compute. */
    List<String> providers(TenantId tenant) {
        return transactions.inTenant(tenant, () -> jdbc.queryForList("""
                        select provider.text
                        from (select distinct provider from usage_by_day where tenant_id = ?) s
                        join labels provider on provider.label_id = s.provider
                        where provider.text <> 'artemis'""", String.class, tenant.value()));
    }

    /**
     * Of one team.
     *
     * @param from the first day
     * @param to the last day
     * @param provider in small letters or capitals; null: all but our own compute
     */
    List<LedgerDay> of(TenantId tenant, LocalDate from, LocalDate to, @Nullable String provider) {
        return transactions.inTenant(
                tenant,
                () -> jdbc.query(
                        """
                        select s.day, model.text, s.cost, s.tokens, s.corrections
                        from (
                          select (e.happened_at at time zone 'UTC')::date as day, e.model, e.provider, sum(e.cost) as cost,
                                 count(*) filter (where e.kind = 3) as corrections,
                                 sum(coalesce(e.tokens_input, 0) + coalesce(e.tokens_cache_read, 0)
                                     + coalesce(e.tokens_cache_write_5m, 0) + coalesce(e.tokens_cache_write_1h, 0)
                                     + coalesce(e.tokens_output, 0))::bigint as tokens
                          from (
                            select entries.*,
                                   case when entries.kind <> 3 then coalesce(occurred_at, h.created_at, recorded_at)
                                        else (
                                          with recursive corrected as (
                                            select entries.kind, entries.refers_to,
                                                   coalesce(entries.occurred_at, entries.recorded_at) as at, 0 as depth
                                            union all
                                            select o.kind, o.refers_to, coalesce(o.occurred_at, o.recorded_at), depth + 1
                                            from corrected c
                                            join entries o
                                              on o.project_id = entries.project_id and o.entry_id = c.refers_to
                                            where c.kind = 3)
                                          select coalesce(
                                            (select first.created_at from holds first where first.hold_id = c.refers_to),
                                            c.at)
                                          from corrected c order by depth desc limit 1)
                                   end as happened_at
                            from entries left join holds h on h.hold_id = entries.refers_to
                            where entries.tenant_id = ? and recorded_at >= ?) e
                          where e.happened_at >= ? and e.happened_at < ?
                          group by 1, 2, 3) s
                        join labels model on model.label_id = s.model
                        join labels provider on provider.label_id = s.provider
                        where provider.text <> 'artemis' and (?::text is null or lower(provider.text) = lower(?))""",
                        (row, number) -> new LedgerDay(
                                row.getObject(1, LocalDate.class),
                                row.getString(2),
                                row.getBigDecimal(3),
                                row.getLong(4),
                                row.getLong(5)),
                        tenant.value(),
                        // clocks of callers may run ahead: nothing is recorded a day before it happens
                        from.minusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC),
                        from.atStartOfDay().atOffset(ZoneOffset.UTC),
                        to.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC),
                        provider,
                        provider));
    }
}
