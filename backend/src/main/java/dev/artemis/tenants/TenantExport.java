package dev.artemis.tenants;

import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/**
 * All that the platform keeps of a team, as one ZIP: a file of JSON lines for each table that belongs to teams, found in the
 * database's own catalogue, so that none is forgotten. Read in the team's transaction: row-level security decides what is
 * its own. Hashes and sealed secrets stay here.
 */
@Service
public class TenantExport {

    private static final int ROWS_AT_ONCE = 500;

    /** They say nothing to anybody, or would only help whoever guesses. */
    private static final Set<String> LEFT_OUT = Set.of("data_keys", "idempotent_answers");

    private static final String TABLES = """
            select c.relname from pg_class c
            join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'artemis'
            join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relkind in ('r', 'p') and not c.relispartition and has_table_privilege(c.oid, 'select')
            order by c.relname""";

    private static final String MEMBERS = """
            select to_jsonb(x)::text from (
              select u.email, m.role, m.created_at from memberships m join users u using (user_id) order by u.email) x""";

    private final JdbcTemplate jdbc;
    private final TenantTransactions transactions;

    TenantExport(JdbcTemplate jdbc, TenantTransactions transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Writes it, row by row: a team's size does not matter. */
    public void write(TenantId tenant, OutputStream out) {
        transactions.inTenant(tenant, () -> {
            try {
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
                for (String table : tables()) {
                    file(
                            zip,
                            table,
                            "select (to_jsonb(t) - 'secret_hash' - 'previous_hash' - 'sealed')::text from " + table
                                    + " t");
                }
                file(zip, "members", MEMBERS);
                zip.finish();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private List<String> tables() {
        return jdbc.queryForList(TABLES, String.class).stream()
                .filter(table -> !LEFT_OUT.contains(table))
                .toList();
    }

    private void file(ZipOutputStream zip, String name, String sql) throws IOException {
        zip.putNextEntry(new ZipEntry(name + ".jsonl"));
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(sql);
                    statement.setFetchSize(ROWS_AT_ONCE);
                    return statement;
                },
                row -> {
                    try {
                        zip.write((row.getString(1) + "\n").getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
        zip.closeEntry();
    }
}
