package dev.artemis.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reports and bills of before: the migrations are run once more over a schema and rows as they were then. */
class FinanceOfBeforeTest {

    private static final String LETTERS = "/db/migration/V284__a_letter_is_in_one_pair_of_hands.sql";
    private static final String BILLS = "/db/migration/V285__a_bill_of_tokens_has_no_dollars.sql";

    private final Database database = TestDatabase.fresh();

    @Test
    void aReportsDayAndABillsTokensAreKnownOfRowsThatWereThere() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(
                        database.owner().url(),
                        database.owner().username(),
                        database.owner().password());
                Statement sql = connection.createStatement()) {
            sql.execute("set search_path = artemis");
            sql.execute("""
                    drop function door.report_delivery_counts();
                    drop index report_deliveries_lost;
                    alter table report_deliveries drop column claim, drop column remaining;
                    alter table saved_reports drop column due_day;
                    alter table reconciliations drop column ledger_tokens, drop column billed_tokens;
                    insert into tenants (tenant_id, slug, name, time_zone, created_at)
                    values ('00000000-0000-0000-0000-000000000001', 'old', 'Old', 'Pacific/Kiritimati', now());
                    insert into saved_reports (report_id, tenant_id, name, format, chargeback, rhythm, delivery, recipients,
                      created_by, created_at, next_due_at) values
                      (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'a', 'csv', false, 'daily', 'link', '{a@b.c}',
                       'x', now(), '2026-11-26T16:00:00Z'),
                      (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'b', 'csv', false, 'never', 'link', '{}',
                       'x', now(), null);
                    insert into reconciliations (reconciliation_id, tenant_id, file, layout, from_day, to_day, at, by_whom,
                      ledger, billed, findings) values
                      (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'a', 'openai-usage', '2026-11-01', '2026-11-02',
                       now(), 'x', 3, 0, '[{"ledger_tokens": 10, "billed_tokens": 12}, {"ledger_tokens": 5, "billed_tokens": 0}]'),
                      (gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'b', 'openai-costs', '2026-11-01', '2026-11-02',
                       now(), 'x', 3, 4, '[{"ledger_tokens": 7, "billed_tokens": null}]');
                    """);

            sql.execute(migration(LETTERS));
            sql.execute(migration(BILLS));

            assertThat(one(
                            sql,
                            "select string_agg(concat_ws(' ', name, due_day), ', ' order by name) from saved_reports"))
                    .isEqualTo("a 2026-11-27, b");
            assertThat(one(sql, """
                    select string_agg(concat_ws(' ', file, coalesce(billed::text, 'none'), ledger_tokens,
                      coalesce(billed_tokens::text, 'none')), ', ' order by file) from reconciliations""")).isEqualTo("a none 15 12, b 4 7 none");
        }
    }

    private static String one(Statement sql, String query) throws SQLException {
        try (ResultSet row = sql.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String migration(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(FinanceOfBeforeTest.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
