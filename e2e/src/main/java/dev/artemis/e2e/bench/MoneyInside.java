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
import java.util.List;
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
    private static final Duration WARMING = Duration.ofSeconds(2);
    private static final Duration MEASURING = Duration.ofSeconds(4);

    private final Budgets budgets;
    private final HikariDataSource plain;
    private final HikariDataSource owner;
    private final Api admin;
    private final AtomicInteger tracked = new AtomicInteger();

    private MoneyInside(ConfigurableApplicationContext server) {
        Database database = server.getBean(Database.class);
        budgets = server.getBean(Budgets.class);
        plain = connections(database.app(), CLIENTS);
        owner = connections(database.owner(), 2);
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
                        + "%d processors shared by server, database and clients%n",
                owned("show fsync"),
                owned("show synchronous_commit"),
                owned("show server_version"),
                Runtime.getRuntime().availableProcessors());
        BenchTeam hot = BenchTeam.create(admin, owner, "hot");
        BenchTeam plainTeam = BenchTeam.create(admin, owner, "plain");
        PlainWay all = new PlainWay(plain, PlainWay.Rows.ALL);
        PlainWay fewest = new PlainWay(plain, PlainWay.Rows.FEWEST);
        RawInserts raw = new RawInserts(plain);
        Api hotApi = admin.with("Authorization", "Bearer " + hot.secret());
        IntUnaryOperator inside = worker -> counted(hot.track(budgets));
        IntUnaryOperator http = worker -> counted(post(hotApi, "calls"));

        System.out.println("-- a lone caller");
        Load lonePlain = measured("plain way, all rows", 1, worker -> all.track(plainTeam));
        Load loneFewest = measured("plain way, fewest rows", 1, worker -> fewest.track(plainTeam));
        Load lone = measured("in process", 1, inside);
        measured("over HTTP", 1, http);

        System.out.println("-- " + CLIENTS + " clients, one team");
        Load hotPlain = measured("plain way, all rows", CLIENTS, worker -> all.track(plainTeam));
        Load hotFewest = measured("plain way, fewest rows", CLIENTS, worker -> fewest.track(plainTeam));
        Load rows = measured("raw inserts, 64 rows a transaction", 1, worker -> raw.insert(plainTeam, CLIENTS));
        Load hotInside = measured("in process", CLIENTS, inside);
        Load hotHttp = measured("over HTTP", CLIENTS, http);
        Load nothing = measured("over HTTP, an endpoint that does nothing", CLIENTS, worker -> post(hotApi, "nothing"));

        System.out.println("-- " + CLIENTS + " clients, " + TEAMS + " teams");
        List<BenchTeam> teams = new ArrayList<>();
        for (int n = 0; n < TEAMS; n++) {
            teams.add(BenchTeam.create(admin, owner, "team-" + n));
        }
        List<Api> apis = teams.stream()
                .map(team -> admin.with("Authorization", "Bearer " + team.secret()))
                .toList();
        Load manyPlain = measured("plain way, all rows", CLIENTS, worker -> all.track(teams.get(worker % TEAMS)));
        Load manyFewest =
                measured("plain way, fewest rows", CLIENTS, worker -> fewest.track(teams.get(worker % TEAMS)));
        Load many = measured(
                "in process", CLIENTS, worker -> teams.get(worker % TEAMS).track(budgets));
        Load manyHttp = measured("over HTTP", CLIENTS, worker -> post(apis.get(worker % TEAMS), "calls"));

        check(hotApi, hot);
        System.out.println("-- a million entries");
        Load before = measured("in process, one team, before", CLIENTS, inside);
        Load loneBefore = measured("in process, a lone caller, before", 1, inside);
        fill(hot);
        Load after = measured("in process, one team", CLIENTS, inside);
        Load loneAfter = measured("in process, a lone caller", 1, inside);

        System.out.println("-- ratios");
        ratio("one team: in process / plain way, all rows (goal 15)", hotInside.perSecond() / hotPlain.perSecond());
        ratio("one team: in process / plain way, fewest rows", hotInside.perSecond() / hotFewest.perSecond());
        ratio("one team: HTTP / plain way, all rows (goal 4)", hotHttp.perSecond() / hotPlain.perSecond());
        ratio("one team: HTTP / plain way, fewest rows", hotHttp.perSecond() / hotFewest.perSecond());
        ratio("one team: HTTP / nothing (goal 0.5)", hotHttp.perSecond() / nothing.perSecond());
        ratio("one team: in process / raw inserts (goal 0.3)", hotInside.perSecond() / (rows.perSecond() * CLIENTS));
        ratio("50 teams: in process / plain way, all rows", many.perSecond() / manyPlain.perSecond());
        ratio("50 teams: in process / plain way, fewest rows", many.perSecond() / manyFewest.perSecond());
        ratio("50 teams: HTTP / plain way, all rows", manyHttp.perSecond() / manyPlain.perSecond());
        ratio("50 teams: HTTP / nothing", manyHttp.perSecond() / nothing.perSecond());
        ratio(
                "lone caller waits: in process / plain way, all rows (goal 1)",
                lone.percentile(50) / lonePlain.percentile(50));
        ratio(
                "lone caller waits: in process / plain way, fewest rows",
                lone.percentile(50) / loneFewest.percentile(50));
        ratio("with a million entries: one team (goal 0.9)", after.perSecond() / before.perSecond());
        ratio(
                "with a million entries: a lone caller's wait (goal 1.1)",
                loneAfter.percentile(50) / loneBefore.percentile(50));
        System.out.println("bytes a ledger row, indexes included (goal below 400): " + bytesARow());
    }

    private Load measured(String what, int workers, IntUnaryOperator action)
            throws InterruptedException, ExecutionException {
        Load.during(workers, WARMING, action);
        Load load = Load.during(workers, MEASURING, action);
        System.out.printf("%-42s %s%n", what, load);
        if (!load.answers().keySet().equals(Set.of(201))) {
            throw new IllegalStateException("not what was expected");
        }
        return load;
    }

    private static void ratio(String what, double ratio) {
        System.out.printf("%-70s %.2f%n", what, ratio);
    }

    private static int post(Api api, String path) {
        return api.post(path, BenchTeam.CALL).status();
    }

    private int counted(int status) {
        tracked.incrementAndGet();
        return status;
    }

    /** What was answered is what is kept, in the ledger and in the roll-ups behind the page. */
    private void check(Api api, BenchTeam team) {
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
