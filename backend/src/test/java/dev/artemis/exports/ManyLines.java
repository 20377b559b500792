package dev.artemis.exports;

import dev.artemis.db.Database;
import dev.artemis.tenants.Tenant;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A team that has so many lines of costs on 5 October 2026, each of a stage of its own. */
final class ManyLines {

    private ManyLines() {}

    /** Writes them for the projects that the team has. */
    static void of(Tenant team, int lines, Database database) throws SQLException {
        try (var owner = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement()) {
            statement.execute("""
                    set synchronous_commit = off;
                    set search_path = artemis;
                    insert into labels (tenant_id, text)
                    select '%1$s'::uuid, 'a stage of a name that is rather long ' || n from generate_series(1, %2$d) n;
                    insert into labels (tenant_id, text) values ('%1$s'::uuid, 'gpt-4o'), ('%1$s'::uuid, 'openai');
                    insert into entries (entry_id, tenant_id, project_id, recorded_at, tokens_input, day, stage, model,
                      provider, kind, tier, over_budget, cost, cost_input)
                    select uuidv7(timestamptz '2026-10-05 12:00Z' - now()), p.tenant_id, p.project_id,
                           '2026-10-05 12:00Z', 1000, '2026-10-05', s.label_id, m.label_id, o.label_id, 1, 1, false,
                           0.0025, 0.0025
                    from projects p
                    join labels s on s.tenant_id = p.tenant_id and s.text like 'a stage%%'
                    join labels m on m.tenant_id = p.tenant_id and m.text = 'gpt-4o'
                    join labels o on o.tenant_id = p.tenant_id and o.text = 'openai'
                    where p.tenant_id = '%1$s'::uuid;
                    insert into usage_by_day
                    select tenant_id, day, project_id, stage, model, provider, '00000000-0000-0000-0000-000000000000',
                           '00000000-0000-0000-0000-000000000000', 1, tokens_input, 0, 0, 0, 0, 0, 0, 0, cost, cost_input,
                           0, 0, 0, 0, 0, 0
                    from entries where tenant_id = '%1$s'::uuid;
                    analyze entries; analyze usage_by_day; analyze labels""".formatted(team.id(), lines));
        }
    }
}
