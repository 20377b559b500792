package dev.artemis.e2e.bench;

import dev.artemis.e2e.Psql;
import java.util.Locale;

/**
 * Fills a team's current month with entries, and makes the roll-ups that go with them, as the database's owner: calls of
 * five stages, eight models, four keys and twenty thousand cards, spread evenly over 28 days. Entries of a day hardly ever share
 * all of these, so an export has about a line for each entry.
 */
final class LedgerFill {

    private static final String LABELS = """
            insert into labels (tenant_id, text)
            select t.tenant_id, l.text
            from tenants t, (
              select 'stage-' || n as text from generate_series(1, 5) n
              union all select 'model-' || n from generate_series(1, 8) n
              union all select 'provider'
              union all select 'CARD-' || n from generate_series(1, 20000) n) l
            where t.slug = '%1$s'""";

    private static final String ENTRIES = """
            set synchronous_commit = off;
            insert into entries (entry_id, tenant_id, project_id, key_id, recorded_at, price_id, tokens_input,
              tokens_output, day, stage, model, provider, card, kind, tier, over_budget, cost, cost_input, cost_output)
            select uuidv7(at - now()), tenant_id, project_id, keys[(1 + n %% 4)::int], at, 1, 1000 + n %% 5000, 100 + n %% 700,
                   (at at time zone 'UTC')::date, stages[(1 + n %% 5)::int], models[(1 + n %% 8)::int], provider,
                   cards[(1 + (n / 40) %% 20000)::int], 1, 1, false,
                   (1000 + n %% 5000) * 0.0000025 + (100 + n %% 700) * 0.00001,
                   (1000 + n %% 5000) * 0.0000025, (100 + n %% 700) * 0.00001
            from (
              select t.tenant_id, p.project_id, array[uuidv7(), uuidv7(), uuidv7(), uuidv7()] as keys,
                     (select array_agg(label_id) from labels l where l.tenant_id = t.tenant_id and text like 'stage-%%') as stages,
                     (select array_agg(label_id) from labels l where l.tenant_id = t.tenant_id and text like 'model-%%') as models,
                     (select label_id from labels l where l.tenant_id = t.tenant_id and text = 'provider') as provider,
                     (select array_agg(label_id) from labels l where l.tenant_id = t.tenant_id and text like 'CARD-%%') as cards
              from tenants t join projects p using (tenant_id) where t.slug = '%1$s') team
            cross join lateral (
              select n, date_trunc('month', now() at time zone 'UTC') at time zone 'UTC'
                       + n * (interval '28 days' / %2$d) as at
              from generate_series(0, %2$d::bigint - 1) n) calls""";

    private static final String ROLL_UPS = """
            set work_mem = '256MB';
            insert into usage_by_day
            select tenant_id, day, project_id, stage, model, provider, key_id, '00000000-0000-0000-0000-000000000000',
                   count(*), sum(tokens_input), 0, 0, 0, sum(tokens_output), 0, 0, 0, sum(cost), sum(cost_input), 0, 0, 0,
                   sum(cost_output), 0, 0
            from entries where tenant_id = (select tenant_id from tenants where slug = '%1$s')
            group by tenant_id, day, project_id, stage, model, provider, key_id;
            insert into usage_by_card
            select tenant_id, day, project_id, card, count(*), sum(tokens_input), 0, 0, sum(tokens_output), 0, 0, 0, sum(cost)
            from entries where tenant_id = (select tenant_id from tenants where slug = '%1$s')
            group by tenant_id, day, project_id, card;
            analyze entries; analyze usage_by_day; analyze usage_by_card; analyze labels""";

    private LedgerFill() {}

    static void fill(Psql psql, String team, long entries) {
        psql.run(LABELS.formatted(team));
        psql.run(String.format(Locale.ROOT, ENTRIES, team, entries));
        psql.run(ROLL_UPS.formatted(team));
    }
}
