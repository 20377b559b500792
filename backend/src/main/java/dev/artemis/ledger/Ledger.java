package dev.artemis.ledger;

import dev.artemis.persistence.Pipeline;
import dev.artemis.persistence.SqlRows;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import java.math.BigDecimal;
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
        SqlRows<NewEntry> rows = SqlRows.of(entries)
                .column("uuid", NewEntry::id)
                .column("uuid", entry -> entry.payer().project())
                .column("uuid", entry -> entry.payer().key())
                .column("uuid", entry -> entry.payer().member())
                .column("uuid", NewEntry::refersTo)
                .column("timestamptz", NewEntry::occurredAt)
                .column("bigint", NewEntry::price)
                .column("bigint", entry -> nonZero(entry.quantities().tokens().tokensInput()))
                .column("bigint", entry -> nonZero(entry.quantities().tokens().tokensCacheRead()))
                .column("bigint", entry -> nonZero(entry.quantities().tokens().tokensCacheWrite5m()))
                .column("bigint", entry -> nonZero(entry.quantities().tokens().tokensCacheWrite1h()))
                .column("bigint", entry -> nonZero(entry.quantities().tokens().tokensOutput()))
                .column("date", NewEntry::day)
                .column("int", entry -> entry.labels().stage())
                .column("int", entry -> entry.labels().model())
                .column("int", entry -> entry.labels().provider())
                .column("int", entry -> entry.labels().card())
                .column("int", entry -> entry.labels().purpose())
                .column("smallint", entry -> entry.kind().code())
                .column("smallint", entry -> TierCodes.code(entry.tier()))
                .column("boolean", NewEntry::overBudget)
                .column("numeric", entry -> entry.charges().total())
                .column("numeric", entry -> nonZero(entry.charges().tokens().input()))
                .column("numeric", entry -> nonZero(entry.charges().tokens().cacheRead()))
                .column("numeric", entry -> nonZero(entry.charges().tokens().cacheWrite5m()))
                .column("numeric", entry -> nonZero(entry.charges().tokens().cacheWrite1h()))
                .column("numeric", entry -> nonZero(entry.charges().tokens().output()))
                .column("numeric", entry -> nonZero(entry.charges().cpu()))
                .column("numeric", entry -> nonZero(entry.charges().gib()))
                .column("numeric", entry -> nonZero(entry.quantities().cpuSeconds()))
                .column("numeric", entry -> nonZero(entry.quantities().gibSeconds()));
        pipeline.update(rows.statement("""
                insert into entries (tenant_id, recorded_at, entry_id, project_id, key_id, member_id, refers_to,
                  occurred_at, price_id, tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h,
                  tokens_output, day, stage, model, provider, card, purpose, kind, tier, over_budget, cost, cost_input,
                  cost_cache_read, cost_cache_write_5m, cost_cache_write_1h, cost_output, cost_cpu, cost_gib,
                  cpu_seconds, gib_seconds)
                select ?, ?, * from %s"""), rows.parametersAfter(tenant.value(), at));
    }

    /** Zero is not stored: most entries have three dimensions or fewer. */
    private static @Nullable Object nonZero(long count) {
        return count == 0 ? null : Long.valueOf(count);
    }

    private static @Nullable Object nonZero(Usd amount) {
        return amount.isZero() ? null : amount;
    }

    private static @Nullable Object nonZero(BigDecimal amount) {
        return amount.signum() == 0 ? null : amount;
    }

    private static void addUsage(Pipeline pipeline, TenantId tenant, Collection<Map.Entry<UsageGroup, RollUp>> groups) {
        SqlRows<Map.Entry<UsageGroup, RollUp>> rows = SqlRows.of(groups)
                .column("date", group -> group.getKey().day())
                .column("uuid", group -> group.getKey().project())
                .column("int", group -> group.getKey().stage())
                .column("int", group -> group.getKey().model())
                .column("int", group -> group.getKey().provider())
                .column("uuid", group -> group.getKey().key())
                .column("uuid", group -> group.getKey().member())
                .column("bigint", group -> group.getValue().calls)
                .column("bigint", group -> group.getValue().tokensInput)
                .column("bigint", group -> group.getValue().tokensCacheRead)
                .column("bigint", group -> group.getValue().tokensCacheWrite5m)
                .column("bigint", group -> group.getValue().tokensCacheWrite1h)
                .column("bigint", group -> group.getValue().tokensOutput)
                .column("bigint", group -> group.getValue().runs)
                .column("numeric", group -> group.getValue().cpuSeconds)
                .column("numeric", group -> group.getValue().gibSeconds)
                .column("numeric", group -> group.getValue().cost)
                .column("numeric", group -> group.getValue().costInput)
                .column("numeric", group -> group.getValue().costCacheRead)
                .column("numeric", group -> group.getValue().costCacheWrite5m)
                .column("numeric", group -> group.getValue().costCacheWrite1h)
                .column("numeric", group -> group.getValue().costOutput)
                .column("numeric", group -> group.getValue().costCpu)
                .column("numeric", group -> group.getValue().costGib);
        pipeline.update(rows.statement("""
                insert into usage_by_day as u (tenant_id, day, project_id, stage, model, provider, key_id, member_id,
                  calls, tokens_input, tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h, tokens_output,
                  runs, cpu_seconds, gib_seconds, cost, cost_input, cost_cache_read, cost_cache_write_5m,
                  cost_cache_write_1h, cost_output, cost_cpu, cost_gib)
                select ?, * from %s
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
                  cost_gib = u.cost_gib + excluded.cost_gib"""), rows.parametersAfter(tenant.value()));
    }

    private static void addCards(Pipeline pipeline, TenantId tenant, Collection<Map.Entry<CardGroup, RollUp>> groups) {
        SqlRows<Map.Entry<CardGroup, RollUp>> rows = SqlRows.of(groups)
                .column("date", group -> group.getKey().day())
                .column("uuid", group -> group.getKey().project())
                .column("int", group -> group.getKey().card())
                .column("bigint", group -> group.getValue().calls)
                .column("bigint", group -> group.getValue().tokensInput)
                .column("bigint", group -> group.getValue().tokensCacheRead)
                .column("bigint", group -> group.getValue().tokensCacheWrite())
                .column("bigint", group -> group.getValue().tokensOutput)
                .column("bigint", group -> group.getValue().runs)
                .column("numeric", group -> group.getValue().cpuSeconds)
                .column("numeric", group -> group.getValue().gibSeconds)
                .column("numeric", group -> group.getValue().cost);
        pipeline.update(rows.statement("""
                insert into usage_by_card as u (tenant_id, day, project_id, card, calls, tokens_input,
                  tokens_cache_read, tokens_cache_write, tokens_output, runs, cpu_seconds, gib_seconds, cost)
                select ?, * from %s
                on conflict (tenant_id, day, project_id, card) do update set
                  calls = u.calls + excluded.calls,
                  tokens_input = u.tokens_input + excluded.tokens_input,
                  tokens_cache_read = u.tokens_cache_read + excluded.tokens_cache_read,
                  tokens_cache_write = u.tokens_cache_write + excluded.tokens_cache_write,
                  tokens_output = u.tokens_output + excluded.tokens_output,
                  runs = u.runs + excluded.runs,
                  cpu_seconds = u.cpu_seconds + excluded.cpu_seconds,
                  gib_seconds = u.gib_seconds + excluded.gib_seconds,
                  cost = u.cost + excluded.cost"""), rows.parametersAfter(tenant.value()));
    }
}
