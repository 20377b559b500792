package dev.artemis.e2e.bench;

import dev.artemis.e2e.Api;
import dev.artemis.e2e.Instance;
import dev.artemis.e2e.Psql;
import dev.artemis.e2e.Teams;
import dev.artemis.e2e.Teams.Team;
import dev.artemis.e2e.TemporaryHome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * A month of a large ledger: by stage and model beside a small one, a million entries as CSV beside psql's own copy, the
 * heap meanwhile, and calls while ten exports are asked for. The first argument is the number of entries, else ten million.
 */
final class ReportsBench {

    private static final long ENTRIES = 10_000_000;
    private static final long FEW = 100_000;
    private static final long EXPORTED = 1_000_000;
    private static final int EXPORTS = 10;
    private static final int ASKED = 60;
    private static final int WARMING = 50;

    /** Calls of each of four callers: the 99th percentile stands for a dozen of them, and they end before the exports do. */
    private static final int EACH = 300;

    private static final int DAYS_FILLED = 28;
    private static final String CALL = """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}""";

    private final Goals goals = new Goals();
    private final Instance instance;
    private final Psql psql;
    private final Team calling;
    private final Team small;
    private final Team large;
    private final LocalDate month;

    private ReportsBench(Instance instance, Psql psql) {
        this.instance = instance;
        this.psql = psql;
        this.calling = Teams.create(instance);
        this.small = Teams.create(instance);
        this.large = Teams.create(instance);
        this.month = LocalDate.parse(psql.run("select date_trunc('month', now() at time zone 'UTC')::date"));
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        long entries = arguments.length == 0 ? ENTRIES : Long.parseLong(arguments[0].replace("_", ""));
        try (TemporaryHome home = TemporaryHome.create();
                Instance instance = Instance.start(home.path())) {
            print(
                    "Reports: a month of %,d entries, %d processors shared by server, database and this client",
                    entries, Runtime.getRuntime().availableProcessors());
            var bench = new ReportsBench(instance, Psql.of(home.path()));
            bench.fill(entries);
            bench.month();
            bench.csv(entries);
            bench.heap(entries);
            bench.callsWhileExportsAreAskedFor(entries);
            bench.goals.require();
        }
    }

    private void fill(long entries) {
        long start = System.nanoTime();
        LedgerFill.fill(psql, small.slug(), FEW);
        LedgerFill.fill(psql, large.slug(), entries);
        psql.run("vacuum analyze");
        psql.run("checkpoint");
        print("filled   %,d and %,d entries in %.0f s", FEW, entries, seconds(start));
    }

    /** GET /costs by stage and model, the two ledgers in turn. */
    private void month() {
        String path = "costs?group_by=stage,model&" + period(0, DAYS_FILLED);
        List<Double> ofSmall = new ArrayList<>();
        List<Double> ofLarge = new ArrayList<>();
        for (int n = 0; n < 2 * ASKED; n++) {
            double few = millis(small, path);
            double many = millis(large, path);
            if (n >= ASKED) {
                ofSmall.add(few);
                ofLarge.add(many);
            }
        }
        double few = median(ofSmall);
        double many = median(ofLarge);
        print(
                "month    by stage and model: median %.1f ms (%s), small ledger %.1f ms, %.2f times (%s)",
                many,
                goals.check("a month of the large ledger", many, 50, "ms"),
                few,
                many / few,
                goals.check("the large ledger against the small", many / few, 1.5, "times"));
        BigDecimal said = new BigDecimal(
                large.api().get(path).expect(200).json().get("total").asString());
        expect(said, total("true"), "the month's total");
    }

    private void csv(long entries) {
        String period = exported(entries);
        String copy = "copy (" + select(days(entries)) + ") to stdout csv";
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        Export export = Export.of(instance, large.slug(), period);
        psql.count(copy);
        for (int n = 0; n < 3; n++) {
            export = Export.of(instance, large.slug(), period);
            ours.add(export.seconds());
            long start = System.nanoTime();
            psql.count(copy);
            theirs.add(seconds(start));
        }
        print(
                "csv      %,d lines, %,d bytes: median %.2f s; psql's copy %.2f s; %.2f of its speed (%s)",
                export.lines(),
                export.bytes(),
                median(ours),
                median(theirs),
                median(theirs) / median(ours),
                goals.check("a CSV against psql's copy", median(ours) / median(theirs), 2, "times its time"));
        expect(
                Export.total(instance, large.slug(), period),
                total("day < date '" + month.plusDays(days(entries)) + "'"),
                "the export's total");
    }

    private void heap(long entries) throws InterruptedException, ExecutionException {
        double idle = LiveHeap.of(instance.process());
        double most = 0;
        int looks = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Export> running = threads.submit(() -> Export.of(instance, large.slug(), exported(entries)));
            while (!running.isDone()) {
                most = Math.max(most, LiveHeap.of(instance.process()));
                looks++;
            }
            running.get();
        }
        print(
                "heap     idle %.1f MB, at most %.1f MB during an export (%d looks): %.1f MB above (%s)",
                idle, most, looks, most - idle, goals.check("heap above idle", most - idle, 64, "MB"));
    }

    private void callsWhileExportsAreAskedFor(long entries) throws InterruptedException, ExecutionException {
        calls(WARMING);
        Load idle = calls(EACH);
        print("calls    idle: %s", idle);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Export>> exports = new ArrayList<>();
            for (int n = 0; n < EXPORTS; n++) {
                exports.add(threads.submit(() -> Export.of(instance, large.slug(), exported(entries))));
            }
            Load busy = calls(EACH);
            long left = exports.stream().filter(each -> !each.isDone()).count();
            print("calls    with %d exports, %d of them unfinished after: %s", EXPORTS, left, busy);
            double slower = busy.percentile(99) / idle.percentile(99);
            print(
                    "calls    99 %%: %.2f times idle (%s)",
                    slower, goals.check("99 % of calls beside exports against idle", slower, 2, "times"));
            Set<Long> sizes = new TreeSet<>();
            for (Future<Export> each : exports) {
                sizes.add(each.get().bytes());
            }
            if (sizes.size() != 1) {
                throw new IllegalStateException("exports of one period differ: " + sizes);
            }
        }
    }

    /** Four callers, each ten times a second, as programs do that have something to do between their calls. */
    private Load calls(int each) throws InterruptedException, ExecutionException {
        Load load = Load.of(
                4,
                each,
                () -> LockSupport.parkNanos(Duration.ofMillis(100).toNanos()),
                () -> calling.api().post("calls", CALL).status());
        if (!load.answers().keySet().equals(Set.of(201))) {
            throw new IllegalStateException("calls were answered with " + load.answers());
        }
        return load;
    }

    /** So many days that they have a million entries, where the ledger has as many. */
    private static long days(long entries) {
        return Math.clamp(Math.ceilDiv(DAYS_FILLED * EXPORTED, entries), 1, DAYS_FILLED);
    }

    private String exported(long entries) {
        return period(0, days(entries));
    }

    private String period(long from, long to) {
        return "from=" + month.plusDays(from) + "&to=" + month.plusDays(to);
    }

    private BigDecimal total(String where) {
        return new BigDecimal(psql.run("select coalesce(sum(cost), 0) from entries where " + where
                + " and tenant_id = (select tenant_id from tenants where slug = '" + large.slug() + "')"));
    }

    /** The same rows in the same order, as whoever has psql would ask for them. */
    private String select(long days) {
        return """
                select s.day, '%1$s', p.slug, stage.text, model.text, provider.text, card.text, s.key_id, s.member_id, s.calls,
                       s.tokens_input, s.tokens_cache_read, s.tokens_cache_write, s.tokens_output, s.runs, s.cpu_seconds,
                       s.gib_seconds, s.cost
                from (
                  select project_id, day, stage, model, provider, card, key_id, member_id,
                         count(*) filter (where kind = 1) as calls, sum(tokens_input) as tokens_input,
                         coalesce(sum(tokens_cache_read), 0) as tokens_cache_read,
                         coalesce(sum(tokens_cache_write_5m + tokens_cache_write_1h), 0) as tokens_cache_write,
                         sum(tokens_output) as tokens_output, count(*) filter (where kind = 2) as runs,
                         coalesce(sum(cpu_seconds), 0) as cpu_seconds, coalesce(sum(gib_seconds), 0) as gib_seconds,
                         sum(cost) as cost
                  from entries
                  where tenant_id = (select tenant_id from tenants where slug = '%1$s')
                    and project_id = (select project_id from projects join tenants t using (tenant_id) where t.slug = '%1$s')
                    and day >= date '%2$s' and day < date '%3$s' and recorded_at >= date '%2$s' - 2
                  group by project_id, day, stage, model, provider, card, key_id, member_id) s
                join projects p using (project_id)
                join labels stage on stage.label_id = s.stage join labels model on model.label_id = s.model
                join labels provider on provider.label_id = s.provider join labels card on card.label_id = s.card
                order by s.day, p.slug, stage.text, model.text, provider.text, card.text, s.key_id\
                """.formatted(large.slug(), month, month.plusDays(days));
    }

    private static double millis(Team team, String path) {
        Api api = team.api();
        long start = System.nanoTime();
        api.get(path).expect(200);
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private static void expect(BigDecimal said, BigDecimal counted, String what) {
        if (said.compareTo(counted) != 0) {
            throw new IllegalStateException(what + " is " + said + ", and the ledger's " + counted);
        }
        print("         %s equals the ledger's: %s", what, said.toPlainString());
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
