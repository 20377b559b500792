package dev.artemis.budgets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.audit.Audit;
import dev.artemis.db.Database;
import dev.artemis.persistence.TenantTransactions;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.Usd;
import dev.artemis.tenants.Tenants;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/**
 * Many threads on two instances, and a third in a process of its own that is killed with -9 in the middle, do everything at
 * once, midnights pass, and an observer reads the windows all the while.
 */
@Tag("slow")
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class MoneyIsExactTest {

    private static final int THREADS = 12;
    private static final int OPERATIONS = 90;
    private static final String HIGHEST_OF_CHANGING = RandomSpender.CHANGING.getLast();

    private final AdmitOrders admitOrders;
    private final CorrectEntries correctEntries;
    private final OrderCalls orderCalls;
    private final RunMoney runMoney;
    private final TillRows rows;
    private final TenantTransactions transactions;
    private final Audit audit;
    private final Tenants tenants;
    private final Projects projects;
    private final Database database;

    private final Map<String, Set<String>> chargedByKey = new ConcurrentHashMap<>();
    private final Set<String> tracked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refusals = new AtomicInteger();
    private final RandomSpender.Listener heard = new RandomSpender.Listener() {
        @Override
        public void tracked(String entry) {
            tracked.add(entry);
        }

        @Override
        public void charged(String key, String entry) {
            chargedByKey
                    .computeIfAbsent(key, fresh -> ConcurrentHashMap.newKeySet())
                    .add(entry);
        }

        @Override
        public void refused() {
            refusals.incrementAndGet();
        }
    };

    MoneyIsExactTest(
            AdmitOrders admitOrders,
            CorrectEntries correctEntries,
            OrderCalls orderCalls,
            RunMoney runMoney,
            TillRows rows,
            TenantTransactions transactions,
            Audit audit,
            Tenants tenants,
            Projects projects,
            Database database) {
        this.admitOrders = admitOrders;
        this.correctEntries = correctEntries;
        this.orderCalls = orderCalls;
        this.runMoney = runMoney;
        this.rows = rows;
        this.transactions = transactions;
        this.audit = audit;
        this.tenants = tenants;
        this.projects = projects;
        this.database = database;
    }

    @Test
    void noEnforcedAdmissionEverCrossesALimitAndAtRestEverythingAddsUp() throws Exception {
        TenantId tenant = tenants.create(new Slug("exact-" + UUID.randomUUID()), "Exact", ZoneId.of("Asia/Tokyo"))
                .id();
        List<ProjectId> shops = List.of("one", "two").stream()
                .map(slug -> projects.create(tenant, new Slug(slug), slug).id())
                .toList();
        List<KeyId> keys = List.of(KeyId.random(), KeyId.random(), KeyId.random());
        Budgets[] instances = {instance(), instance()};
        instances[0].setLimits(tenant, new Level.WholeTenant(), Limits.of(Usd.of("3"), Usd.of("9")));
        instances[0].setLimits(tenant, new Level.OfProject(shops.getFirst()), Limits.of(Usd.of("2"), null));
        instances[0].setLimits(tenant, new Level.OfKey(keys.getFirst()), Limits.of(Usd.of("0.7"), Usd.of("1.5")));
        instances[0].setLimits(tenant, new Level.OfKey(keys.get(1)), Limits.of(Usd.of(HIGHEST_OF_CHANGING), null));

        var purse = new RandomSpender.Purse(tenant, shops, keys);
        var resting = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                InstanceToKill.Running third = InstanceToKill.start(database, purse, heard);
                MovedClock clock = new MovedClock(database)) {
            Future<Integer> observer = threads.submit(() -> observe(tenant, keys.get(1), resting));
            List<Future<?>> work = new ArrayList<>();
            try {
                for (int n = 0; n < THREADS; n++) {
                    var spender = new RandomSpender(instances[n % 2], correctEntries, purse, new Random(n), heard);
                    work.add(threads.submit(() -> {
                        for (int operation = 0; operation < OPERATIONS; operation++) {
                            spender.operate();
                        }
                        return true;
                    }));
                }
                for (int day = 1; day <= 3; day++) {
                    clock.ahead(Duration.ofDays(day).plusHours(day));
                    awaitRefusals(refusals.get() + 20, work);
                    if (day == 2) {
                        third.killInTheMiddle();
                    }
                }
                for (Future<?> done : work) {
                    done.get();
                }
            } finally {
                resting.set(true);
            }
            assertThat(observer.get()).as("observations").isGreaterThan(10);

            assertThat(third.heardLines())
                    .as("what the killed instance said")
                    .isGreaterThanOrEqualTo(InstanceToKill.MIDDLE);
            assertThat(refusals.get()).as("the limits were reached").isPositive();
            assertThat(chargedByKey)
                    .isNotEmpty()
                    .allSatisfy((key, entries) -> assertThat(entries).hasSize(1));
            assertThat(strings("select entry_id::text from entries where tenant_id = '%s'", tenant))
                    .as("what was answered is in the ledger, also what the killed instance answered")
                    .containsAll(tracked);
            assertThat(strings("""
                            select l.text from entries e join labels l on l.label_id = e.card
                            where e.tenant_id = '%s' and e.kind = 1 and l.text like 'key-%%'""", tenant))
                    .as("calls under idempotency keys, those of the killed instance too: each key charged once")
                    .hasSizeGreaterThanOrEqualTo(chargedByKey.size())
                    .doesNotHaveDuplicates();
            assertEverythingHappened(tenant);
            assertEverythingAddsUp(tenant);
            instances[0].setLimits(tenant, new Level.WholeTenant(), Limits.of(Usd.of("50"), Usd.of("60")));
            whatFitsIsAdmittedAndWhatDoesNotIsRefused(instances[1], tenant, shops.get(1));
            assertEverythingAddsUp(tenant);
        }
    }

    private Budgets instance() {
        return new Budgets(
                new GroupCommit(admitOrders, transactions),
                admitOrders,
                orderCalls,
                runMoney,
                rows,
                transactions,
                audit);
    }

    private void awaitRefusals(int count, List<Future<?>> work) {
        while (refusals.get() < count && !work.stream().allMatch(Future::isDone)) {
            Thread.onSpinWait();
        }
    }

    /**
     * Reads windows beside their limits until the work rests; returns how often. What tells the truth may lift a window above,
     * by what it cost: a settle after its hold expired, a flagged record, a flagged correction. Nothing else ever.
     */
    private int observe(TenantId tenant, KeyId changing, AtomicBoolean resting) throws SQLException {
        int observations = 0;
        var watch = new LimitsWatch();
        while (!resting.get()) {
            assertThat(watch.crossed(look(tenant, changing))).isEmpty();
            observations++;
        }
        return observations;
    }

    /**
     * All limited windows, and what was told in each without asking, as they are at one moment. A limit that changes all
     * the while counts with the highest that it ever has.
     */
    private List<LimitsWatch.Seen> look(TenantId tenant, KeyId changing) throws SQLException {
        String sql = """
                with told as (
                  select e.project_id, e.key_id, e.day, e.cost from entries e join holds h using (tenant_id, entry_id)
                  where e.tenant_id = '%1$s' and h.expires_at <= e.recorded_at
                  union all
                  select e.project_id, e.key_id, e.day, e.cost from entries e join labels s on s.label_id = e.stage
                  where e.tenant_id = '%1$s' and e.over_budget and e.cost > 0 and (e.kind = 3 or s.text = '%2$s')),
                bounds as (
                  select level_id, monthly_limit, case when level_id = '%3$s' then %4$s else daily_limit end as daily_limit
                  from limits where tenant_id = '%1$s')
                select w.level || ' ' || w.level_id || ' ' || w.period || ' ' || w.period_start,
                       case w.period when 'daily' then l.daily_limit else l.monthly_limit end,
                       w.spent + w.reserved,
                       (select coalesce(sum(cost), 0) from told
                        where case w.level when 'tenant' then true when 'project' then told.project_id = w.level_id
                                           else told.key_id = w.level_id end
                          and case w.period when 'daily' then told.day = w.period_start
                                            else date_trunc('month', told.day) = w.period_start end)
                from windows w join bounds l using (level_id)
                where w.tenant_id = '%1$s'
                  and case w.period when 'daily' then l.daily_limit else l.monthly_limit end is not null""".formatted(tenant, RandomSpender.RECORDED, changing, HIGHEST_OF_CHANGING);
        return rows(
                sql,
                tenant,
                row -> new LimitsWatch.Seen(
                        row.getString(1), row.getBigDecimal(2), row.getBigDecimal(3), row.getBigDecimal(4)));
    }

    /** Sums of what never was would always agree. */
    private void assertEverythingHappened(TenantId tenant) throws SQLException {
        assertThat(strings("""
                select what from (
                  select count(*) filter (where kind = 2) as runs, count(*) filter (where kind = 3) as corrections,
                         count(*) filter (where over_budget) as flagged, count(member_id) as members,
                         sum(tokens_cache_read) as read, sum(tokens_cache_write_5m) as write_5m,
                         sum(tokens_cache_write_1h) as write_1h, sum(gib_seconds) as gib_seconds
                  from entries where tenant_id = '%s') e
                cross join lateral (values ('runs', runs), ('corrections', corrections), ('flagged', flagged),
                  ('members', members), ('read', read), ('write_5m', write_5m), ('write_1h', write_1h),
                  ('gib_seconds', gib_seconds)) as v (what, many)
                where coalesce(many, 0) = 0""", tenant)).as("what never happened").isEmpty();
    }

    private void assertEverythingAddsUp(TenantId tenant) throws SQLException {
        assertThat(strings("""
                select w.level || ' ' || w.period || ' ' || w.period_start || ': ' || w.spent || ' is not ' || e.cost
                from windows w cross join lateral (
                  select coalesce(sum(cost), 0) as cost from entries e
                  where e.tenant_id = w.tenant_id
                    and case w.level when 'tenant' then true when 'project' then e.project_id = w.level_id
                                     else e.key_id = w.level_id end
                    and case w.period when 'daily' then e.day = w.period_start
                                      else date_trunc('month', e.day) = w.period_start end) e
                where w.tenant_id = '%s' and w.spent <> e.cost""", tenant)).as("windows are the sum of entries").isEmpty();
        assertThat(strings("""
                select w.level || ' ' || w.period || ' ' || w.period_start || ': ' || w.reserved || ' is not ' || h.amount
                from windows w cross join lateral (
                  select coalesce(sum(amount), 0) as amount from holds h
                  where h.tenant_id = w.tenant_id and h.status = 'held'
                    and case w.level when 'tenant' then true when 'project' then h.project_id = w.level_id
                                     else h.key_id = w.level_id end
                    and case w.period when 'daily' then h.day else h.month end = w.period_start) h
                where w.tenant_id = '%s' and w.reserved <> h.amount""", tenant)).as("reserved is the sum of live holds").isEmpty();
        assertThat(strings("""
                select coalesce(to_jsonb(e), to_jsonb(u))::text from (
                  select day, project_id, stage, model, provider,
                         coalesce(key_id, '00000000-0000-0000-0000-000000000000') as key_id,
                         coalesce(member_id, '00000000-0000-0000-0000-000000000000') as member_id,
                         count(*) filter (where kind = 1) as calls, sum(coalesce(tokens_input, 0)) as tokens_input,
                         sum(coalesce(tokens_cache_read, 0)) as tokens_cache_read,
                         sum(coalesce(tokens_cache_write_5m, 0)) as tokens_cache_write_5m,
                         sum(coalesce(tokens_cache_write_1h, 0)) as tokens_cache_write_1h,
                         sum(coalesce(tokens_output, 0)) as tokens_output, count(*) filter (where kind = 2) as runs,
                         sum(coalesce(cpu_seconds, 0)) as cpu_seconds, sum(coalesce(gib_seconds, 0)) as gib_seconds,
                         sum(cost) as cost, sum(coalesce(cost_input, 0)) as cost_input,
                         sum(coalesce(cost_cache_read, 0)) as cost_cache_read,
                         sum(coalesce(cost_cache_write_5m, 0)) as cost_cache_write_5m,
                         sum(coalesce(cost_cache_write_1h, 0)) as cost_cache_write_1h,
                         sum(coalesce(cost_output, 0)) as cost_output,
                         sum(coalesce(cost_cpu, 0)) as cost_cpu, sum(coalesce(cost_gib, 0)) as cost_gib
                  from entries where tenant_id = '%1$s' group by 1, 2, 3, 4, 5, 6, 7) e
                full join (select * from usage_by_day where tenant_id = '%1$s') u
                  using (day, project_id, stage, model, provider, key_id, member_id, calls, tokens_input,
                         tokens_cache_read, tokens_cache_write_5m, tokens_cache_write_1h, tokens_output, runs,
                         cpu_seconds, gib_seconds, cost, cost_input, cost_cache_read, cost_cache_write_5m,
                         cost_cache_write_1h, cost_output, cost_cpu, cost_gib)
                where e.cost is null or u.tenant_id is null""", tenant))
                .as("roll-ups by day are the sum of entries")
                .isEmpty();
        assertThat(strings("""
                select coalesce(to_jsonb(e), to_jsonb(c))::text from (
                  select day, project_id, coalesce(card, 0) as card, count(*) filter (where kind = 1) as calls,
                         sum(coalesce(tokens_input, 0)) as tokens_input,
                         sum(coalesce(tokens_cache_read, 0)) as tokens_cache_read,
                         sum(coalesce(tokens_cache_write_5m, 0) + coalesce(tokens_cache_write_1h, 0))
                           as tokens_cache_write,
                         sum(coalesce(tokens_output, 0)) as tokens_output, count(*) filter (where kind = 2) as runs,
                         sum(coalesce(cpu_seconds, 0)) as cpu_seconds, sum(coalesce(gib_seconds, 0)) as gib_seconds,
                         sum(cost) as cost
                  from entries where tenant_id = '%1$s' group by 1, 2, 3) e
                full join (select * from usage_by_card where tenant_id = '%1$s') c
                  using (day, project_id, card, calls, tokens_input, tokens_cache_read, tokens_cache_write,
                         tokens_output, runs, cpu_seconds, gib_seconds, cost)
                where c.tenant_id is null or e.cost is null""", tenant))
                .as("roll-ups by card are the sum of entries")
                .isEmpty();
    }

    private void whatFitsIsAdmittedAndWhatDoesNotIsRefused(Budgets budgets, TenantId tenant, ProjectId project) {
        var caller = new Caller.ForProject(tenant, project, null, null, Set.of(), "test");
        Usd left = java.util.Objects.requireNonNull(
                budgets.status(tenant, project, null).remaining(LimitPeriod.DAILY));
        Usd leftThisMonth = java.util.Objects.requireNonNull(
                budgets.status(tenant, project, null).remaining(LimitPeriod.MONTHLY));
        // gpt-4o-mini: 0.00000015 for an input token
        long tokens = left.min(leftThisMonth)
                .amount()
                .divideToIntegralValue(new BigDecimal("0.00000015"))
                .longValueExact();

        assertThat(budgets.track(caller, RandomSpender.aCall("gpt-4o-mini", tokens + 1)))
                .isInstanceOf(Admission.Refused.class);
        assertThat(budgets.track(caller, RandomSpender.aCall("gpt-4o-mini", tokens)))
                .isInstanceOf(Admission.Tracked.class);
    }

    private List<String> strings(String sql, TenantId tenant) throws SQLException {
        return rows(sql, tenant, row -> row.getString(1));
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> rows(String sql, TenantId tenant, Reading<T> reading) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Connection owner = DriverManager.getConnection(
                        database.owner().url() + "?currentSchema=artemis",
                        database.owner().username(),
                        database.owner().password());
                var statement = owner.createStatement();
                var result = statement.executeQuery(sql.formatted(tenant))) {
            while (result.next()) {
                found.add(reading.read(result));
            }
        }
        return found;
    }
}
