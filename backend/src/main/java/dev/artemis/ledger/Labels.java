package dev.artemis.ledger;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.shared.TenantId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Texts that entries name by number: a row of the ledger stays small. A label never changes. */
@Service
public class Labels {

    /** About 30 MB; a tenant that makes up new texts for ever costs look-ups, not memory. */
    private static final int MOST_REMEMBERED = 200_000;

    private final Map<Label, Integer> known = new ConcurrentHashMap<>();
    private final TenantTransactions transactions;
    private final JdbcTemplate jdbc;

    private record Label(TenantId tenant, String text) {}

    private record Numbered(String text, int id) {}

    Labels(TenantTransactions transactions, JdbcTemplate jdbc) {
        this.transactions = transactions;
        this.jdbc = jdbc;
    }

    /** The numbers of texts, made where they are new. Joins a running transaction of the tenant. */
    public Map<String, Integer> numbers(TenantId tenant, Collection<String> texts) {
        Map<String, Integer> numbers = new HashMap<>();
        var missing = new TreeSet<String>();
        for (String text : texts) {
            Integer number = known.get(new Label(tenant, text));
            if (number == null) {
                missing.add(text);
            } else {
                numbers.put(text, number);
            }
        }
        if (!missing.isEmpty()) {
            numbers.putAll(transactions.inTenant(tenant, () -> {
                Map<String, Integer> found = foundOrMade(tenant, missing);
                rememberOnceCommitted(tenant, found);
                return found;
            }));
        }
        return numbers;
    }

    /** Sorted, so that two transactions that make the same new labels wait for each other in one order. */
    private Map<String, Integer> foundOrMade(TenantId tenant, TreeSet<String> texts) {
        SqlArray wanted = SqlArray.of("text", texts, text -> text);
        Map<String, Integer> found = found(tenant, wanted);
        if (found.size() < texts.size()) {
            TreeSet<String> fresh = new TreeSet<>(texts);
            fresh.removeAll(found.keySet());
            var insertion = new Pipeline();
            insertion.update("""
                    insert into labels (tenant_id, text) select ?, text from unnest(?::text[]) as t(text) order by text
                    on conflict (tenant_id, text) do nothing""", tenant.value(), SqlArray.of("text", fresh, text -> text));
            insertion.run(jdbc);
            found = found(tenant, wanted);
        }
        return found;
    }

    private Map<String, Integer> found(TenantId tenant, SqlArray wanted) {
        var reading = new Pipeline();
        var rows = reading.query(
                "select text, label_id from labels where tenant_id = ? and text = any(?::text[])",
                row -> new Numbered(row.getString(1), row.getInt(2)),
                tenant.value(),
                wanted);
        reading.run(jdbc);
        Map<String, Integer> found = new HashMap<>();
        rows.all().forEach(row -> found.put(row.text(), row.id()));
        return found;
    }

    /** Only what is committed: a number that was rolled back would name nothing. */
    private void rememberOnceCommitted(TenantId tenant, Map<String, Integer> numbers) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                remember(tenant, numbers);
            }
        });
    }

    private void remember(TenantId tenant, Map<String, Integer> numbers) {
        if (known.size() > MOST_REMEMBERED) {
            known.clear();
        }
        numbers.forEach((text, number) -> known.put(new Label(tenant, text), number));
    }
}
