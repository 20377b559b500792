package dev.artemis.ledger;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlArray;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Appends entries and keeps their roll-ups. */
@Service
public class Ledger {

    private static final UUID NONE = new UUID(0, 0);
    private static final int NO_LABEL = 0;

    /** What {@code usage_by_day} sums by; its order is the order of locking. */
    private record UsageGroup(
            LocalDate day, ProjectId project, int stage, int model, int provider, KeyId key, UserId member)
            implements Comparable<UsageGroup> {

        private static final Comparator<UsageGroup> ORDER = Comparator.comparing(UsageGroup::day)
                .thenComparing(UsageGroup::project)
                .thenComparingInt(UsageGroup::stage)
                .thenComparingInt(UsageGroup::model)
                .thenComparingInt(UsageGroup::provider)
                .thenComparing(UsageGroup::key)
                .thenComparing(UsageGroup::member);

        static UsageGroup of(NewEntry entry) {
            Payer payer = entry.payer();
            EntryLabels labels = entry.labels();
            return new UsageGroup(
                    entry.day(),
                    payer.project(),
                    labels.stage(),
                    labels.model(),
                    labels.provider(),
                    payer.key() == null ? new KeyId(NONE) : payer.key(),
                    payer.member() == null ? new UserId(NONE) : payer.member());
        }

        @Override
        public int compareTo(UsageGroup other) {
            return ORDER.compare(this, other);
        }
    }

    /** What {@code usage_by_card} sums by. */
    private record CardGroup(LocalDate day, ProjectId project, int card) implements Comparable<CardGroup> {

        private static final Comparator<CardGroup> ORDER = Comparator.comparing(CardGroup::day)
                .thenComparing(CardGroup::project)
                .thenComparingInt(CardGroup::card);

        static CardGroup of(NewEntry entry) {
            Integer card = entry.labels().card();
            return new CardGroup(entry.day(), entry.payer().project(), card == null ? NO_LABEL : card);
        }

        @Override
        public int compareTo(CardGroup other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Adds the statements that append entries and bring the roll-ups along to a pipeline of the tenant's transaction.
     *
     * @param at when they are recorded: the database's clock, the same millisecond as in their ids
     */
    public void append(Pipeline pipeline, TenantId tenant, Instant at, List<NewEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        insert(pipeline, tenant, at, entries);
        Map<UsageGroup, RollUp> usage = new TreeMap<>();
        Map<CardGroup, RollUp> cards = new TreeMap<>();
        for (NewEntry entry : entries) {
            usage.computeIfAbsent(UsageGroup.of(entry), group -> new RollUp()).add(entry);
            cards.computeIfAbsent(CardGroup.of(entry), group -> new RollUp()).add(entry);
        }
        addUsage(pipeline, tenant, usage.entrySet());
        addCards(pipeline, tenant, cards.entrySet());
    }

    private static void insert(Pipeline pipeline, TenantId tenant, Instant at, List<NewEntry> entries) {
        pipeline.update(
                """
                insert into entries (tenant_id, recorded_at, entry_id, project_id, key_id, member_id, refers_to,
                  occurred_at, price_id, tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h,
                  tokens_output, day, stage, model, provider, card, purpose, kind, tier, over_budget, cost, cost_input,
                  cost_cache_read, cost_cache_write_5m, cost_cache_write_1h, cost_output, cost_cpu, cost_gib,
                  cpu_seconds, gib_seconds)
                select ?, ?, * from unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[],
                  ?::timestamptz[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                  ?::bigint[], ?::date[], ?::int[], ?::int[], ?::int[], ?::int[], ?::int[], ?::smallint[],
                  ?::smallint[], ?::boolean[], ?::numeric[], ?::numeric[],
                  ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[],
                  ?::numeric[], ?::numeric[])""",
                tenant.value(),
                at,
                SqlArray.of("uuid", entries, NewEntry::id),
                SqlArray.of("uuid", entries, entry -> entry.payer().project()),
                SqlArray.of("uuid", entries, entry -> entry.payer().key()),
                SqlArray.of("uuid", entries, entry -> entry.payer().member()),
                SqlArray.of("uuid", entries, NewEntry::refersTo),
                SqlArray.of("timestamptz", entries, NewEntry::occurredAt),
                SqlArray.of("bigint", entries, NewEntry::price),
                tokens(entries, entry -> entry.quantities().tokens().tokensInput()),
                tokens(entries, entry -> entry.quantities().tokens().tokensCacheRead()),
                tokens(entries, entry -> entry.quantities().tokens().tokensCacheWrite5m()),
                tokens(entries, entry -> entry.quantities().tokens().tokensCacheWrite1h()),
                tokens(entries, entry -> entry.quantities().tokens().tokensOutput()),
                SqlArray.of("date", entries, NewEntry::day),
                SqlArray.of("int", entries, entry -> entry.labels().stage()),
                SqlArray.of("int", entries, entry -> entry.labels().model()),
                SqlArray.of("int", entries, entry -> entry.labels().provider()),
                SqlArray.of("int", entries, entry -> entry.labels().card()),
                SqlArray.of("int", entries, entry -> entry.labels().purpose()),
                SqlArray.of("smallint", entries, entry -> entry.kind().code()),
                SqlArray.of("smallint", entries, entry -> TierCodes.code(entry.tier())),
                SqlArray.of("boolean", entries, NewEntry::overBudget),
                SqlArray.of("numeric", entries, entry -> entry.charges().total()),
                money(entries, entry -> entry.charges().tokens().input()),
                money(entries, entry -> entry.charges().tokens().cacheRead()),
                money(entries, entry -> entry.charges().tokens().cacheWrite5m()),
                money(entries, entry -> entry.charges().tokens().cacheWrite1h()),
                money(entries, entry -> entry.charges().tokens().output()),
                money(entries, entry -> entry.charges().cpu()),
                money(entries, entry -> entry.charges().gib()),
                SqlArray.of(
                        "numeric", entries, entry -> orNull(entry.quantities().cpuSeconds())),
                SqlArray.of(
                        "numeric", entries, entry -> orNull(entry.quantities().gibSeconds())));
    }

    /** Zero is not stored: most entries have three dimensions or fewer. */
    private static SqlArray tokens(List<NewEntry> entries, java.util.function.ToLongFunction<NewEntry> count) {
        return SqlArray.of("bigint", entries, entry -> {
            long tokens = count.applyAsLong(entry);
            return tokens == 0 ? null : Long.valueOf(tokens);
        });
    }

    private static SqlArray money(List<NewEntry> entries, java.util.function.Function<NewEntry, Usd> amount) {
        return SqlArray.of("numeric", entries, entry -> {
            Usd value = amount.apply(entry);
            return value.isZero() ? null : value;
        });
    }

    private static @Nullable Object orNull(java.math.BigDecimal amount) {
        return amount.signum() == 0 ? null : amount;
    }

    private static void addUsage(Pipeline pipeline, TenantId tenant, Collection<Map.Entry<UsageGroup, RollUp>> groups) {
        pipeline.update(
                """
                insert into usage_by_day as u (tenant_id, day, project_id, stage, model, provider, key_id, member_id,
                  calls, tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h, tokens_output,
                  runs, cpu_seconds, gib_seconds, cost, cost_input, cost_cache_read, cost_cache_write_5m,
                  cost_cache_write_1h, cost_output, cost_cpu, cost_gib)
                select ?, * from unnest(?::date[], ?::uuid[], ?::int[], ?::int[], ?::int[], ?::uuid[], ?::uuid[],
                  ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
                  ?::bigint[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[],
                  ?::numeric[], ?::numeric[], ?::numeric[], ?::numeric[])
                on conflict (tenant_id, day, project_id, stage, model, provider, key_id, member_id) do update set
                  calls = u.calls + excluded.calls,
                  tokens_input = u.tokens_input + excluded.tokens_input,
                  tokens_cache_read = u.tokens_cache_read + excluded.tokens_cache_read,
                  tokens_cache_write_5m = u.tokens_cache_write_5m + excluded.tokens_cache_write_5m,
                  tokens_cache_write_1h = u.tokens_cache_write_1h + excluded.tokens_cache_write_1h,
                  tokens_output = u.tokens_output + excluded.tokens_output,
                  runs = u.runs + excluded.runs,
                  cpu_seconds = u.cpu_seconds + excluded.cpu_seconds,
                  gib_seconds = u.gib_seconds + excluded.gib_seconds,
                  cost = u.cost + excluded.cost,
                  cost_input = u.cost_input + excluded.cost_input,
                  cost_cache_read = u.cost_cache_read + excluded.cost_cache_read,
                  cost_cache_write_5m = u.cost_cache_write_5m + excluded.cost_cache_write_5m,
                  cost_cache_write_1h = u.cost_cache_write_1h + excluded.cost_cache_write_1h,
                  cost_output = u.cost_output + excluded.cost_output,
                  cost_cpu = u.cost_cpu + excluded.cost_cpu,
                  cost_gib = u.cost_gib + excluded.cost_gib""",
                tenant.value(),
                SqlArray.of("date", groups, group -> group.getKey().day()),
                SqlArray.of("uuid", groups, group -> group.getKey().project()),
                SqlArray.of("int", groups, group -> group.getKey().stage()),
                SqlArray.of("int", groups, group -> group.getKey().model()),
                SqlArray.of("int", groups, group -> group.getKey().provider()),
                SqlArray.of("uuid", groups, group -> group.getKey().key()),
                SqlArray.of("uuid", groups, group -> group.getKey().member()),
                SqlArray.of("bigint", groups, group -> group.getValue().calls),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensInput),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensCacheRead),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensCacheWrite5m),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensCacheWrite1h),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensOutput),
                SqlArray.of("bigint", groups, group -> group.getValue().runs),
                SqlArray.of("numeric", groups, group -> group.getValue().cpuSeconds),
                SqlArray.of("numeric", groups, group -> group.getValue().gibSeconds),
                SqlArray.of("numeric", groups, group -> group.getValue().cost),
                SqlArray.of("numeric", groups, group -> group.getValue().costInput),
                SqlArray.of("numeric", groups, group -> group.getValue().costCacheRead),
                SqlArray.of("numeric", groups, group -> group.getValue().costCacheWrite5m),
                SqlArray.of("numeric", groups, group -> group.getValue().costCacheWrite1h),
                SqlArray.of("numeric", groups, group -> group.getValue().costOutput),
                SqlArray.of("numeric", groups, group -> group.getValue().costCpu),
                SqlArray.of("numeric", groups, group -> group.getValue().costGib));
    }

    private static void addCards(Pipeline pipeline, TenantId tenant, Collection<Map.Entry<CardGroup, RollUp>> groups) {
        pipeline.update(
                """
                insert into usage_by_card as u (tenant_id, day, project_id, card, calls, tokens_input,
                  tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds, gib_seconds, cost)
                select ?, * from unnest(?::date[], ?::uuid[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[],
                  ?::bigint[], ?::bigint[], ?::bigint[], ?::numeric[], ?::numeric[], ?::numeric[])
                on conflict (tenant_id, day, project_id, card) do update set
                  calls = u.calls + excluded.calls,
                  tokens_input = u.tokens_input + excluded.tokens_input,
                  tokens_cache_read = u.tokens_cache_read + excluded.tokens_cache_read,
                  tokens_cache_write = u.tokens_cache_write + excluded.tokens_cache_write,
                  tokens_output = u.tokens_output + excluded.tokens_output,
                  runs = u.runs + excluded.runs,
                  cpu_seconds = u.cpu_seconds + excluded.cpu_seconds,
                  gib_seconds = u.gib_seconds + excluded.gib_seconds,
                  cost = u.cost + excluded.cost""",
                tenant.value(),
                SqlArray.of("date", groups, group -> group.getKey().day()),
                SqlArray.of("uuid", groups, group -> group.getKey().project()),
                SqlArray.of("int", groups, group -> group.getKey().card()),
                SqlArray.of("bigint", groups, group -> group.getValue().calls),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensInput),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensCacheRead),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensCacheWrite()),
                SqlArray.of("bigint", groups, group -> group.getValue().tokensOutput),
                SqlArray.of("bigint", groups, group -> group.getValue().runs),
                SqlArray.of("numeric", groups, group -> group.getValue().cpuSeconds),
                SqlArray.of("numeric", groups, group -> group.getValue().gibSeconds),
                SqlArray.of("numeric", groups, group -> group.getValue().cost));
    }
}
