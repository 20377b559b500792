package dev.artemis.prices;

import dev.artemis.persistence.TenantTransactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The catalogue's tables. Thousands of rows at a time, so SQL with arrays, never a statement a row. */
@Repository
class CatalogueRows {

    /** A price that is to be written; its id is the database's to give. */
    record Draft(
            String provider,
            String model,
            Tariff tariff,
            Instant validFrom,
            @Nullable Instant validTo,
            boolean free,
            Price.Source source) {}

    private record Row(
            PriceId id,
            String provider,
            String model,
            Instant validFrom,
            @Nullable Instant validTo,
            boolean free,
            Price.Source source,
            Instant createdAt,
            String createdBy) {

        Price with(Tariff tariff) {
            return new Price(id, provider, model, tariff, validFrom, validTo, free, source, createdAt, createdBy);
        }
    }

    private final JdbcClient sql;
    private final JdbcTemplate arrays;
    private final TenantTransactions transactions;

    CatalogueRows(JdbcClient sql, JdbcTemplate arrays, TenantTransactions transactions) {
        this.sql = sql;
        this.arrays = arrays;
        this.transactions = transactions;
    }

    long version() {
        return transactions.acrossTenants(() ->
                sql.sql("select version from price_catalogue").query(Long.class).single());
    }

    /** Begins a change: whoever comes second waits here, so that spans never overlap. */
    long nextVersion() {
        return sql.sql("update price_catalogue set version = version + 1 returning version")
                .query(Long.class)
                .single();
    }

    /** Everything, at one version. */
    Catalogue load() {
        return transactions.acrossTenants(() -> {
            // first the version: a change that commits between the two statements is merely seen twice
            long version = version();
            // then the prices, then their rates: a price that is seen has all its rates
            List<Row> rows = sql.sql("""
                    select price_id, provider, model, valid_from, valid_to, free, source, created_at, created_by
                    from prices
                    """).query((row, number) -> row(row)).list();
            Map<Long, List<RateTier>> tiers = new HashMap<>();
            sql.sql("""
                    select price_id, service_tier, above_tokens, input, cache_read, cache_write_5m, cache_write_1h, output
                    from price_rates
                    """).query((ResultSet row) -> {
                tiers.computeIfAbsent(row.getLong("price_id"), any -> new ArrayList<>(1))
                        .add(tier(row));
            });
            List<Price> prices = rows.stream()
                    .map(row -> row.with(new Tariff(tiers.getOrDefault(row.id().value(), List.of()))))
                    .toList();
            Map<String, Catalogue.Key> aliases = new HashMap<>();
            sql.sql("select alias, provider, model from price_aliases").query((ResultSet row) -> {
                aliases.put(row.getString(1), new Catalogue.Key(row.getString(2), row.getString(3)));
            });
            return new Catalogue(version, prices, aliases);
        });
    }

    /** Writes prices with their rates and answers their ids, in the order of the drafts. */
    List<PriceId> insert(List<Draft> drafts, Instant at, String by) {
        if (drafts.isEmpty()) {
            return List.of();
        }
        Map<Catalogue.Key, PriceId> written = insertPrices(drafts, at, by);
        List<PriceId> ids = drafts.stream()
                .map(draft -> Objects.requireNonNull(written.get(new Catalogue.Key(draft.provider(), draft.model()))))
                .toList();
        insertRates(drafts, ids);
        return ids;
    }

    private Map<Catalogue.Key, PriceId> insertPrices(List<Draft> drafts, Instant at, String by) {
        Map<Catalogue.Key, PriceId> ids = new HashMap<>();
        arrays.query(
                connection -> {
                    var statement = connection.prepareStatement("""
                            insert into prices (provider, model, valid_from, valid_to, free, source, created_at, created_by)
                            select provider, model, valid_from, valid_to, free, source, ?, ?
                            from unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::boolean[], ?::text[])
                              as draft (provider, model, valid_from, valid_to, free, source)
                            returning price_id, provider, model
                            """);
                    statement.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
                    statement.setString(2, by);
                    statement.setArray(3, connection.createArrayOf("text", all(drafts, Draft::provider)));
                    statement.setArray(4, connection.createArrayOf("text", all(drafts, Draft::model)));
                    statement.setArray(5, connection.createArrayOf("text", all(drafts, Draft::validFrom)));
                    statement.setArray(6, connection.createArrayOf("text", all(drafts, Draft::validTo)));
                    statement.setArray(7, connection.createArrayOf("boolean", all(drafts, Draft::free)));
                    statement.setArray(8, connection.createArrayOf("text", all(drafts, draft -> name(draft.source()))));
                    return statement;
                },
                row -> {
                    ids.put(new Catalogue.Key(row.getString(2), row.getString(3)), new PriceId(row.getLong(1)));
                });
        return ids;
    }

    private void insertRates(List<Draft> drafts, List<PriceId> ids) {
        List<Long> price = new ArrayList<>();
        List<RateTier> tiers = new ArrayList<>();
        for (int i = 0; i < drafts.size(); i++) {
            for (RateTier tier : drafts.get(i).tariff().tiers()) {
                price.add(ids.get(i).value());
                tiers.add(tier);
            }
        }
        arrays.update(connection -> {
            var statement = connection.prepareStatement("""
                    insert into price_rates
                      (price_id, service_tier, above_tokens, input, cache_read, cache_write_5m, cache_write_1h, output)
                    select * from unnest(?::bigint[], ?::text[], ?::bigint[],
                      ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[])
                    """);
            statement.setArray(1, connection.createArrayOf("bigint", price.toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", all(tiers, tier -> tier.service().toString())));
            statement.setArray(3, connection.createArrayOf("bigint", all(tiers, RateTier::abovePromptTokens)));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "numeric", all(tiers, tier -> tier.rates().input())));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "numeric", all(tiers, tier -> tier.rates().cacheRead())));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "numeric", all(tiers, tier -> tier.rates().cacheWrite5m())));
            statement.setArray(
                    7,
                    connection.createArrayOf(
                            "numeric", all(tiers, tier -> tier.rates().cacheWrite1h())));
            statement.setArray(
                    8,
                    connection.createArrayOf(
                            "numeric", all(tiers, tier -> tier.rates().output())));
            return statement;
        });
    }

    /** Ends prices; a price that would then never have been in force keeps one microsecond. */
    void end(List<PriceId> ids, Instant at) {
        if (ids.isEmpty()) {
            return;
        }
        arrays.update(connection -> {
            var statement = connection.prepareStatement("""
                    update prices set valid_to = greatest(?, valid_from + interval '1 microsecond')
                    where price_id = any (?::bigint[])
                    """);
            statement.setObject(1, OffsetDateTime.ofInstant(at, ZoneOffset.UTC));
            statement.setArray(2, connection.createArrayOf("bigint", all(ids, PriceId::value)));
            return statement;
        });
    }

    void undoEnd(PriceId id, @Nullable Instant before) {
        sql.sql("update prices set valid_to = :before where price_id = :id")
                .param("before", before == null ? null : before.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("id", id.value())
                .update();
    }

    void markFree(PriceId id) {
        sql.sql("update prices set free = true where price_id = ?")
                .param(id.value())
                .update();
    }

    void alias(String alias, Catalogue.Key key, Instant at, String by) {
        sql.sql("""
                insert into price_aliases (alias, provider, model, created_at, created_by) values (?, ?, ?, ?, ?)
                on conflict (alias) do update set provider = excluded.provider, model = excluded.model,
                  created_at = excluded.created_at, created_by = excluded.created_by
                """)
                .params(alias, key.provider(), key.model(), OffsetDateTime.ofInstant(at, ZoneOffset.UTC), by)
                .update();
    }

    void removeAlias(String alias) {
        sql.sql("delete from price_aliases where alias = ?").param(alias).update();
    }

    private static RateTier tier(ResultSet row) throws SQLException {
        return new RateTier(
                ServiceTier.of(row.getString("service_tier")),
                row.getLong("above_tokens"),
                new Rates(
                        row.getBigDecimal("input"),
                        row.getBigDecimal("cache_read"),
                        row.getBigDecimal("cache_write_5m"),
                        row.getBigDecimal("cache_write_1h"),
                        row.getBigDecimal("output")));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                new PriceId(row.getLong("price_id")),
                row.getString("provider"),
                row.getString("model"),
                instant(row, "valid_from"),
                row.getTimestamp("valid_to") == null ? null : instant(row, "valid_to"),
                row.getBoolean("free"),
                Price.Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                instant(row, "created_at"),
                row.getString("created_by"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String name(Price.Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    private static <T> @Nullable Object[] all(List<T> items, Function<T, @Nullable Object> part) {
        @Nullable Object[] parts = new @Nullable Object[items.size()];
        for (int i = 0; i < parts.length; i++) {
            Object value = part.apply(items.get(i));
            parts[i] = value instanceof Instant instant ? instant.toString() : value;
        }
        return parts;
    }
}
