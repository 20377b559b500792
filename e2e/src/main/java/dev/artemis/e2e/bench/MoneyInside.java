package dev.artemis.e2e.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.artemis.ArtemisApplication;
import dev.artemis.budgets.Budgets;
import dev.artemis.db.Database;
import dev.artemis.db.DatabaseLogin;
import dev.artemis.e2e.Api;
import java.math.BigDecimal;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The server, its database, and whoever loads them, on one machine and in one run. */
final class MoneyInside {

    private static final String ADMIN_KEY = "bench-admin-key-0123456789abcdef0123456789";
    private static final BigDecimal COST = new BigDecimal("0.0325");
    private static final int CLIENTS = 64;
    private static final int TEAMS = 50;
    private static final int MILLION = 1_000_000;
    private static final int ROUNDS = 4;
    private static final Duration WARMING = Duration.ofSeconds(4);
    private static final Duration TURN = Duration.ofMillis(1500);

    private static final String PLAIN = "plain way";
    private static final String FEWEST = "plain way, windows and entry alone";
    private static final String INSIDE = "in process";
    private static final String HTTP = "over HTTP";
    private static final String NOTHING = "over HTTP, an endpoint that does nothing";

    private final Budgets budgets;
    private final HikariDataSource plain;
    private final HikariDataSource owner;
    private final Api admin;
    private final PlainWay all;
    private final PlainWay fewest;
    private final AtomicInteger tracked = new AtomicInteger();

    private MoneyInside(ConfigurableApplicationContext server) {
        Database database = server.getBean(Database.class);
        budgets = server.getBean(Budgets.class);
        plain = connections(database.app(), CLIENTS);
        owner = connections(database.owner(), 2);
        all = new PlainWay(plain, PlainWay.Rows.ALL);
        fewest = new PlainWay(plain, PlainWay.Rows.FEWEST);
        int port = Objects.requireNonNull(((WebServerApplicationContext) server).getWebServer())
                .getPort();
        admin = new Api(URI.create("http://127.0.0.1:" + port), ADMIN_KEY);
    }

    public static void main(String[] arguments) throws InterruptedException, ExecutionException {
        var application = new SpringApplication(ArtemisApplication.class, NothingController.class);
        application.setLogStartupInfo(false);
        try (ConfigurableApplicationContext server = application.run(
                "--artemis.home=" + arguments[0],
                "--artemis.admin.key=" + ADMIN_KEY,
                "--artemis.roles=api",
                "--server.port=0")) {
            new MoneyInside(server).measure();
        }
    }

    private static HikariDataSource connections(DatabaseLogin login, int most) {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(login.url());
        pool.setUsername(login.username());
        pool.setPassword(login.password());
        pool.setMaximumPoolSize(most);
        pool.setConnectionInitSql("set search_path = artemis, pg_temp");
        pool.addDataSourceProperty("reWriteBatchedInserts", "true");
        return pool;
    }

    private void measure() throws InterruptedException, ExecutionException {
        System.out.printf(
                "Money: calls admitted against six limits, durably (fsync %s, synchronous_commit %s), PostgreSQL %s, "
                        + "%d processors shared by server, database and clients; what is compared takes turns%n",
                owned("show fsync"),
                owned("show synchronous_commit"),
                owned("show server_version"),
                Runtime.getRuntime().availableProcessors());
        BenchTeam hot = BenchTeam.create(admin, owner, "hot");
        BenchTeam plainTeam = BenchTeam.create(admin, owner, "plain");
        warm(hot, plainTeam);
        lone(hot, plainTeam);
        oneTeam(hot, plainTeam);
        manyTeams();
        check(hot);
        aMillion(hot);
    }

    /** Thousands of calls of each, so that none is measured while the JVM still compiles it. */
    private void warm(BenchTeam hot, BenchTeam plainTeam) throws InterruptedException, ExecutionException {
        Api api = admin.with("Authorization", "Bearer " + hot.secret());
        Load.during(CLIENTS, WARMING, worker -> all.track(plainTeam));
        Load.during(CLIENTS, WARMING, worker -> counted(hot.track(budgets)));
        Load.during(CLIENTS, WARMING, worker -> counted(post(api, "calls")));
        Load.during(1, WARMING, worker -> all.track(plainTeam));
        Load.during(1, WARMING, worker -> counted(hot.track(budgets)));
    }

    private void lone(BenchTeam hot, BenchTeam plainTeam) throws InterruptedException, ExecutionException {
        System.out.println("-- a lone caller");
        Api api = admin.with("Authorization", "Bearer " + hot.secret());
        Map<String, Load> loads = inTurns(
                1,
                new Way(PLAIN, worker -> all.track(plainTeam)),
                new Way(FEWEST, worker -> fewest.track(plainTeam)),
                new Way(INSIDE, worker -> counted(hot.track(budgets))),
                new Way(HTTP, worker -> counted(post(api, "calls"))));
        ratio("waits: in process / plain way (goal 1)", median(loads, INSIDE) / median(loads, PLAIN));
        ratio("waits: in process / plain way, fewest rows", median(loads, INSIDE) / median(loads, FEWEST));
    }

    private void oneTeam(BenchTeam hot, BenchTeam plainTeam) throws InterruptedException, ExecutionException {
        System.out.println("-- " + CLIENTS + " clients, one team");
        RawInserts raw = new RawInserts(plain);
        Api api = admin.with("Authorization", "Bearer " + hot.secret());
        Map<String, Load> loads = inTurns(
                CLIENTS,
                new Way(PLAIN, worker -> all.track(plainTeam)),
                new Way(FEWEST, worker -> fewest.track(plainTeam)),
                new Way(INSIDE, worker -> counted(hot.track(budgets))),
                new Way(HTTP, worker -> counted(post(api, "calls"))),
                new Way(NOTHING, worker -> post(api, "nothing")));
        Load rows = inTurns(1, new Way("raw inserts, 64 rows a transaction", worker -> raw.insert(plainTeam, CLIENTS)))
                .values()
                .iterator()
                .next();
        ratio("in process / plain way (goal 15)", rate(loads, INSIDE) / rate(loads, PLAIN));
        ratio("in process / plain way, fewest rows", rate(loads, INSIDE) / rate(loads, FEWEST));
        ratio("HTTP / plain way (goal 4)", rate(loads, HTTP) / rate(loads, PLAIN));
        ratio("HTTP / plain way, fewest rows", rate(loads, HTTP) / rate(loads, FEWEST));
        ratio("HTTP / nothing (goal 0.5)", rate(loads, HTTP) / rate(loads, NOTHING));
        ratio("in process / raw inserts (goal 0.3)", rate(loads, INSIDE) / (rows.perSecond() * CLIENTS));
    }

    private void manyTeams() throws InterruptedException, ExecutionException {
        System.out.println("-- " + CLIENTS + " clients, " + TEAMS + " teams");
        List<BenchTeam> teams = new ArrayList<>();
        List<Api> apis = new ArrayList<>();
        for (int n = 0; n < TEAMS; n++) {
            BenchTeam team = BenchTeam.create(admin, owner, "team-" + n);
            teams.add(team);
            apis.add(admin.with("Authorization", "Bearer " + team.secret()));
        }
        Map<String, Load> loads = inTurns(
                CLIENTS,
                new Way(PLAIN, worker -> all.track(teams.get(worker % TEAMS))),
                new Way(FEWEST, worker -> fewest.track(teams.get(worker % TEAMS))),
                new Way(INSIDE, worker -> teams.get(worker % TEAMS).track(budgets)),
                new Way(HTTP, worker -> post(apis.get(worker % TEAMS), "calls")),
                new Way(NOTHING, worker -> post(apis.get(worker % TEAMS), "nothing")));
        ratio("in process / plain way", rate(loads, INSIDE) / rate(loads, PLAIN));
        ratio("in process / plain way, fewest rows", rate(loads, INSIDE) / rate(loads, FEWEST));
        ratio("HTTP / plain way", rate(loads, HTTP) / rate(loads, PLAIN));
        ratio("HTTP / nothing", rate(loads, HTTP) / rate(loads, NOTHING));
    }

    /** The plain way, in turns with it, tells how fast the machine is before and after. */
    private void aMillion(BenchTeam hot) throws InterruptedException, ExecutionException {
        System.out.println("-- a million entries");
        BenchTeam yardstick = BenchTeam.create(admin, owner, "yardstick");
        Way[] ways = {
            new Way(PLAIN, worker -> all.track(yardstick)), new Way(INSIDE, worker -> counted(hot.track(budgets)))
        };
        Map<String, Load> before = inTurns(CLIENTS, ways);
        fill(hot);
        Map<String, Load> after = inTurns(CLIENTS, ways);
        ratio("after / before (goal 0.9)", rate(after, INSIDE) / rate(before, INSIDE));
        ratio("the machine meanwhile: plain way after / before", rate(after, PLAIN) / rate(before, PLAIN));
        System.out.println("bytes a ledger row, indexes included (goal below 400): " + bytesARow());
    }

    /** One way to do it. */
    private record Way(String name, IntUnaryOperator action) {}

    /** Warms each, then lets them take turns, so that what else the machine does meets them all. */
    private static Map<String, Load> inTurns(int workers, Way... ways) throws InterruptedException, ExecutionException {
        Map<String, Load> loads = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (Way way : ways) {
                Load load = Load.during(workers, TURN, way.action());
                if (round > 0) {
                    loads.merge(way.name(), load, Load::and);
                }
            }
        }
        loads.forEach((name, load) -> System.out.printf("%-42s %s%n", name, load));
        if (!loads.values().stream().allMatch(load -> load.answers().keySet().equals(Set.of(201)))) {
            throw new IllegalStateException("not what was expected");
        }
        return loads;
    }

    private static double rate(Map<String, Load> loads, String way) {
        return Objects.requireNonNull(loads.get(way)).perSecond();
    }

    private static double median(Map<String, Load> loads, String way) {
        return Objects.requireNonNull(loads.get(way)).percentile(50);
    }

    private static void ratio(String what, double ratio) {
        System.out.printf("   %-50s %.2f%n", what, ratio);
    }

    private static int post(Api api, String path) {
        return api.post(path, BenchTeam.CALL).status();
    }

    private int counted(int status) {
        tracked.incrementAndGet();
        return status;
    }

    /** What was answered is what is kept, in the ledger and in the roll-ups behind the page. */
    private void check(BenchTeam team) {
        Api api = admin.with("Authorization", "Bearer " + team.secret());
        BigDecimal expected = COST.multiply(BigDecimal.valueOf(tracked.get() + 1L));
        BigDecimal told = new BigDecimal(
                api.get("costs?group_by=stage").expect(200).json().get("total").asString());
        BigDecimal kept =
                new BigDecimal(owned("select sum(cost) from entries where tenant_id = '" + team.tenant() + "'"));
        System.out.printf(
                "the ledger has %s and tells %s for %,d calls; expected %s%n",
                kept.stripTrailingZeros().toPlainString(),
                told.toPlainString(),
                tracked.get() + 1,
                expected.toPlainString());
        if (told.compareTo(expected) != 0 || kept.compareTo(expected) != 0) {
            throw new IllegalStateException("not what was expected");
        }
    }

    /** A million entries of the same team, spread over the days of this month that have passed. */
    private void fill(BenchTeam team) {
        execute("""
                insert into entries (tenant_id, recorded_at, entry_id, project_id, key_id, price_id, tokens_input,
                  tokens_output, day, stage, model, provider, kind, tier, over_budget, cost, cost_input, cost_output)
                select e.tenant_id, at, uuidv7(at - clock_timestamp()), e.project_id, e.key_id, e.price_id,
                  e.tokens_input, e.tokens_output, at::date, e.stage, e.model, e.provider, e.kind, e.tier, false,
                  e.cost, e.cost_input, e.cost_output
                from (select * from entries where tenant_id = '%s' limit 1) e
                cross join lateral (select now() - n * (now() - date_trunc('month', now())) / %d as at
                                    from generate_series(1, %d) n) spread""".formatted(team.tenant(), MILLION + 1, MILLION));
        execute("vacuum (analyze) entries");
    }

    private String bytesARow() {
        return owned("""
                select round(sum(pg_total_relation_size(inhrelid)) / (select count(*) from entries), 1)
                from pg_inherits where inhparent = 'entries'::regclass""");
    }

    private String owned(String sql) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
