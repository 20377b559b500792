package dev.artemis.prices;

import dev.artemis.persistence.TenantTransactions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers which models were asked for in vain. Counted in memory and written once a second, so that a refused call
 * costs no trip to the database; bounded, so that invented names fill nothing.
 */
@Component
class UnpricedModels {

    private static final int MOST_REMEMBERED = 1_000;

    private record Asked(String why, Instant first, Instant last, long times) {

        Asked and(Asked later) {
            return new Asked(later.why, first, later.last, times + later.times);
        }
    }

    private final JdbcClient sql;
    private final TenantTransactions transactions;
    private final Map<ModelRef, Asked> unwritten = new ConcurrentHashMap<>();

    UnpricedModels(JdbcClient sql, TenantTransactions transactions) {
        this.sql = sql;
        this.transactions = transactions;
    }

    void remember(ModelRef model, String why, Instant at) {
        if (unwritten.size() < MOST_REMEMBERED || unwritten.containsKey(model)) {
            unwritten.merge(model, new Asked(why, at, at, 1), Asked::and);
        }
    }

    /** Every model asked for in vain, the latest first. */
    List<UnpricedModel> all() {
        write();
        return transactions.acrossTenants(() -> sql.sql("""
                        select provider, model, why, first_asked, last_asked, times_asked
                        from unpriced_models order by last_asked desc, provider, model limit ?
                        """)
                .param(MOST_REMEMBERED)
                .query((row, number) -> new UnpricedModel(
                        row.getString("provider"),
                        row.getString("model"),
                        row.getString("why"),
                        row.getObject("first_asked", OffsetDateTime.class).toInstant(),
                        row.getObject("last_asked", OffsetDateTime.class).toInstant(),
                        row.getLong("times_asked")))
                .list());
    }

    /** What was recorded since then with a part that has no rate: model, part and how many entries; the most first. */
    List<String> recordedInPart(Duration since) {
        return transactions.acrossTenants(() -> sql.sql(
                        "select model, what, entries from door.unpriced_parts(make_interval(secs => ?))")
                .param(since.toSeconds())
                .query((row, number) -> "%s: %s, entries: %d"
                        .formatted(row.getString("model"), row.getString("what"), row.getLong("entries")))
                .list());
    }

    /** They have a price now. */
    void forget(List<UnpricedModel> priced) {
        transactions.acrossTenants(() -> {
            for (UnpricedModel model : priced) {
                sql.sql("delete from unpriced_models where provider = ? and model = ?")
                        .params(model.provider(), model.model())
                        .update();
            }
            return priced;
        });
    }

    @Scheduled(fixedDelay = 1_000)
    void write() {
        if (unwritten.isEmpty()) {
            return;
        }
        List<ModelRef> models = unwritten.keySet().stream()
                .sorted(java.util.Comparator.comparing(ModelRef::toString))
                .toList();
        transactions.acrossTenants(() -> {
            for (ModelRef model : models) {
                Asked asked = unwritten.remove(model);
                if (asked != null) {
                    write(model, asked);
                }
            }
            return sql.sql("""
                            delete from unpriced_models where (provider, model) in (
                              select provider, model from unpriced_models order by last_asked desc, provider, model offset ?)
                            """).param(MOST_REMEMBERED).update();
        });
    }

    private void write(ModelRef model, Asked asked) {
        sql.sql("""
                insert into unpriced_models as known (provider, model, why, first_asked, last_asked, times_asked)
                values (?, ?, ?, ?, ?, ?)
                on conflict (provider, model) do update set why = excluded.why,
                  last_asked = greatest(known.last_asked, excluded.last_asked),
                  times_asked = known.times_asked + excluded.times_asked
                """)
                .params(
                        model.providerNamed().orElse(""),
                        model.model(),
                        asked.why(),
                        asked.first().atOffset(ZoneOffset.UTC),
                        asked.last().atOffset(ZoneOffset.UTC),
                        asked.times())
                .update();
    }
}
