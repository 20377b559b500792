package dev.artemis.e2e;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A team that has something on each of its pages, for whoever looks at all of them: furnished once, by the API, as its people would. Only what takes
 * days, or a world outside, is written into the database as it would be found there: letters, a key's standing, a lost machine.
 *
 * @param project a client that holds its project's key
 * @param pages paths by what they show
 */
record FurnishedTeam(Api project, Map<String, String> pages) {

    static final String PASSWORD = "a few good words";

    /** Buttons that open something over its pages, by how their names begin. */
    static final Map<String, List<String>> OPENING = Map.of(
            "teams/furnished/budgets", List.of("History: Team"),
            "teams/furnished/alerts", List.of("Remove: https"),
            "teams/furnished/provider-keys", List.of("Remove Gateway"),
            "teams/furnished/reports", List.of("Delete: Costs of the week"));

    static final String SLUG = "furnished";

    /** As long as people make them. */
    static final String NAME = "Furnished Rooms and Everything in Them";

    private static final String TEAM = "admin/tenants/" + SLUG;
    private static final String PROJECT = TEAM + "/projects/rooms";
    private static final JsonMapper JSON = new JsonMapper();

    private static final String DEAR = "furnished-reasoning-large";

    /** Of the demo's team that has been here for a year. */
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    /** Furnishes it for the first test that asks. */
    static final class Shared implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == FurnishedTeam.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            Demo demo = Demo.Shared.of(context);
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(FurnishedTeam.class))
                    .computeIfAbsent(
                            FurnishedTeam.class,
                            key -> of(demo.instance().admin(), demo.home(), demo.instance()),
                            FurnishedTeam.class);
        }
    }

    private static FurnishedTeam of(Api admin, Path home, Instance instance) {
        admin.post("admin/tenants", json("slug", SLUG, "name", NAME, "time_zone", "UTC"))
                .expect(201);
        admin.post(TEAM + "/projects", json("slug", "rooms", "name", "Rooms")).expect(201);
        for (String person : List.of("desk", "phone")) {
            member(admin, person + "@furnished.example");
        }
        Api project = instance.api(keys(admin));
        Api another = instance.api(another(admin));
        String lost = run(project, "print('so far')\n", "timeout_seconds", 30);
        Map<String, String> runs = submitted(project);
        runs.put("lost", lost);
        channels(admin);
        limits(admin, "2500.5", "90000");
        priced(admin);
        calls(project);
        another.post("calls", call(DEAR, 12_345_678, 9_876_543, "review")).expect(201);
        limits(admin, "12500.5", "100000");
        limits(admin, "15250.25", "123456.78");
        project.post(
                        "calls",
                        json("model", "gpt-4o", "tokens_input", 50_000, "tokens_output", 20_000, "stage", "planning"))
                .expect(402);
        limits(admin, "280250.25", "1234567.8");
        providerKeys(admin);
        months(admin);
        String bill = bill(admin, "openai-costs-of-november.csv");
        String torn = bill(admin, "torn.csv");
        for (String rhythm : List.of("weekly", "monthly", "never")) {
            report(admin, rhythm);
        }
        Map<String, String> pages = new LinkedHashMap<>();
        for (String page :
                List.of("projects/rooms", "provider-keys", "alerts", "budgets", "statements", "reports", "runs")) {
            pages.put("furnished " + page.replace('/', ' '), "teams/" + SLUG + "/" + page);
        }
        pages.put("furnished dashboard", "teams/" + SLUG);
        pages.put("furnished costs", "teams/" + SLUG + "/costs?period=month&by=model&then=project");
        pages.put("furnished costs by day", "teams/" + SLUG + "/costs?period=month&by=day&then=stage");
        pages.put("furnished calls", "teams/" + SLUG + "/calls?period=month");
        pages.put("furnished audit", "teams/" + SLUG + "/audit");
        pages.put("furnished reconciliation", "teams/" + SLUG + "/reconciliation?shown=" + bill);
        pages.put("failed", "teams/" + SLUG + "/reconciliation?shown=" + torn);
        runs.forEach((name, id) -> {
            Runs.awaitEnd(project, "runs/" + id);
            pages.put("run " + name, "teams/" + SLUG + "/projects/rooms/runs/" + id);
        });
        aged(home, torn, lost);
        return new FurnishedTeam(project, pages);
    }

    /** Its costs are what finance looks at, and no runs. */
    private static void member(Api admin, String email) {
        String id = admin.post(TEAM + "/members", json("email", email, "role", "FINANCE"))
                .expect(201)
                .json()
                .get("id")
                .asString();
        admin.put("admin/people/" + id + "/password", json("password", PASSWORD))
                .expect(204);
    }

    /** One that programs use, one that was given a successor, and one that was revoked. */
    private static String keys(Api admin) {
        JsonNode used = key(admin, "build server");
        String rotated = key(admin, "agents of the night shift").get("id").asString();
        String revoked = key(admin, "lost laptop").get("id").asString();
        admin.post(PROJECT + "/keys/" + rotated + "/rotation", json("grace_seconds", 86_400))
                .expect(200);
        admin.delete(PROJECT + "/keys/" + revoked).expect(204);
        return used.get("key").asString();
    }

    /** Of a second project, whose calls stand among those of the first: its key. */
    private static String another(Api admin) {
        admin.post(TEAM + "/projects", json("slug", "garden", "name", "Garden and Terrace"))
                .expect(201);
        return admin.post(
                        TEAM + "/projects/garden/keys",
                        json("name", "the gardener's own", "scopes", List.of("calls:write")))
                .expect(201)
                .json()
                .get("key")
                .asString();
    }

    private static JsonNode key(Api admin, String name) {
        return admin.post(
                        PROJECT + "/keys",
                        json(
                                "name",
                                name,
                                "scopes",
                                List.of("calls:write", "runs:write", "costs:read", "runs:read"),
                                "expires_at",
                                LocalDate.now(ZoneOffset.UTC).plusYears(1) + "T00:00:00Z",
                                "daily_limit",
                                "115000.5",
                                "monthly_limit",
                                "123456.789"))
                .expect(201)
                .json();
    }

    /** Of each end one that is worth a look: ids by what becomes of them. */
    private static Map<String, String> submitted(Api project) {
        Map<String, String> runs = new LinkedHashMap<>();
        runs.put(
                "killed for time",
                run(project, "import time\nprint('waiting', flush=True)\ntime.sleep(60)\n", "timeout_seconds", 1));
        runs.put("killed for cpu time", run(project, "n = 0\nwhile True:\n    n += 1\n", "cpu_seconds", 1));
        runs.put(
                "killed for memory",
                run(
                        project,
                        "kept = []\nwhile True:\n    kept.append(b'x' * 1_000_000)\n    print(len(kept), 'MB')\n",
                        "memory_mb",
                        64));
        runs.put("with much output", run(project, """
                import sys
                for n in range(4_000):
                    print(f"\\033[32mok\\033[0m line {n} of a long report, which goes on " + "and on " * (n % 40))
                    if n % 500 == 0:
                        print("nothing is wrong at", n, file=sys.stderr)
                """, "output_bytes", 200_000));
        return runs;
    }

    private static String run(Api project, String code, String limit, int value) {
        return project.post(
                        "runs",
                        json(
                                "language",
                                "python",
                                "code",
                                code,
                                "stage",
                                "testing",
                                "card_id",
                                "ROOMS-1024",
                                "limits",
                                Map.of(limit, value),
                                "env",
                                Map.of("GREETING", "good morning"),
                                "stdin",
                                "typed beforehand\n"))
                .expect(202)
                .json()
                .get("id")
                .asString();
    }

    /** Nobody is reached: there is no mail server, and of this machine's own addresses none may be. */
    private static void channels(Api admin) {
        for (String target : List.of(
                "https://127.0.0.1/services/T0123456789/B0123456789/abcdefghijklmnopqrstuvwx",
                "https://127.0.0.1/hooks/alerts")) {
            admin.post(TEAM + "/alert-channels", json("kind", "webhook", "target", target))
                    .expect(201);
        }
        admin.post(TEAM + "/alert-channels", json("kind", "email", "target", "finance-controlling@furnished.example"))
                .expect(201);
    }

    private static void limits(Api admin, String daily, String monthly) {
        String body =
                json("daily_limit", daily, "monthly_limit", monthly, "alert_thresholds", List.of(12.5, 50, 80, 100));
        admin.put(TEAM + "/budget", body).expect(200);
        admin.put(PROJECT + "/budget", body).expect(200);
    }

    /** What costs five digits for a call. */
    private static void priced(Api admin) {
        String prices = """
                {"%s": {"litellm_provider": "furnished-house", "mode": "chat",
                  "input_cost_per_token": 0.00123456789, "output_cost_per_token": 0.00987654321,
                  "cache_read_input_token_cost": 0.000123456789}}""".formatted(DEAR);
        admin.post("admin/prices/import", prices).expect(200);
    }

    /** From the least to what a month's limit does not hold any more. */
    private static void calls(Api project) {
        for (String stage : List.of("planning", "development", "review", "testing")) {
            project.post("calls", call("gpt-4o-mini", 1, 1, stage)).expect(201);
            project.post("calls", call("claude-3-5-sonnet", 12_345_678, 1_987_654, stage))
                    .expect(201);
            project.post("calls", call(DEAR, 9_876_543, 1_234_567, stage)).expect(201);
        }
    }

    /** Recorded whatever it costs, an hour after it was made; the dearest ones have all that a call can have. */
    private static String call(String model, int input, int output, String stage) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("model", model);
        call.put("tokens_input", input);
        call.put("tokens_output", output);
        call.put("stage", stage);
        if (input > 100_000) {
            call.put("tokens_cache_read", 1_234_567);
            call.put("purpose", "summary of all that guests have written since the house was opened");
            call.put("card_id", "ROOMS-1024");
            call.put("occurred_at", Instant.now().minus(1, ChronoUnit.HOURS).toString());
        }
        call.put("mode", "record");
        return JSON.writeValueAsString(call);
    }

    /** Whoever is asked about them is on this machine, and may not be asked: time tells more of them, see {@link #aged}. */
    private static void providerKeys(Api admin) {
        providerKey(admin, "openai", "Production", "sk-" + "a1B2c3D4".repeat(6));
        providerKey(admin, "anthropic", "Of the night shift’s agents", "sk-ant-" + "a1B2c3D4".repeat(6));
        providerKey(admin, "mistral", "Trial", "a1B2c3D4".repeat(4));
        providerKey(admin, "openai-compatible", "Gateway", "a-local-secret-0815");
    }

    private static void providerKey(Api admin, String provider, String name, String secret) {
        String id = admin.post(
                        TEAM + "/provider-keys",
                        json(
                                "provider",
                                provider,
                                "name",
                                name,
                                "secret",
                                secret,
                                "base_url",
                                "https://127.0.0.1/llm/gateway/v1"))
                .expect(201)
                .json()
                .get("id")
                .asString();
        admin.post(TEAM + "/provider-keys/" + id + "/check", "").expect(200);
    }

    /**
     * Months that are closed: of this team without costs, since it spends from today on, and of the demo's the first, which has some. With them what
     * is charged above and below cost.
     */
    private static void months(Api admin) {
        YearMonth now = YearMonth.now(ZoneOffset.UTC);
        for (int ago = 4; ago > 1; ago--) {
            close(admin, SLUG, now.minusMonths(ago));
        }
        close(admin, "busy", YearMonth.from(LocalDate.now(BERLIN).minusDays(365)));
        Map<LocalDate, Number> rates = Map.of(
                now.atDay(1),
                12.5,
                now.plusMonths(2).atDay(1),
                -3.25,
                now.plusMonths(3).atDay(1),
                107);
        rates.forEach((from, percent) -> admin.post(
                        TEAM + "/chargeback-rates", json("valid_from", from.toString(), "percent", percent))
                .expect(201));
    }

    private static void close(Api admin, String team, YearMonth month) {
        admin.post("admin/tenants/" + team + "/statements", json("month", month.toString()))
                .expect(201);
    }

    /** A provider's bill that agrees with the ledger nowhere. */
    private static String bill(Api admin, String name) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String file = """
                day,model,usd
                %1$s,gpt-4o,740741.7407320000000001
                %1$s,claude-3-5-sonnet,1000
                %1$s,furnished-reasoning-large,123456.789
                %1$s,text-embedding-3-large-of-another-name,0.00000013
                %2$s,gpt-4o-mini,0.01
                """.formatted(today, today.minusDays(1));
        return admin.post(
                        TEAM + "/reconciliations?name=" + name + "&day_column=day&model_column=model&cost_column=usd",
                        file)
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    private static void report(Api admin, String rhythm) {
        boolean sent = !rhythm.equals("never");
        admin.post(
                        TEAM + "/saved-reports",
                        json(
                                "name",
                                switch (rhythm) {
                                    case "weekly" -> "Costs of the week";
                                    case "monthly" -> "Controlling: Kostenstellen und Weiterberechnung je Projekt";
                                    default -> "All there is";
                                },
                                "format",
                                sent ? "xlsx" : "csv",
                                "group_by",
                                sent ? List.of("stage", "model") : List.of(),
                                "chargeback",
                                sent,
                                "rhythm",
                                rhythm,
                                "recipients",
                                sent
                                        ? List.of("controlling@furnished.example", "head-of-rooms@furnished.example")
                                        : List.of()))
                .expect(201);
    }

    /** As if weeks had gone by, and there had been providers, a mail server, and a machine that was lost. */
    private static void aged(Path home, String torn, String lost) {
        try (Connection owner = Psql.of(home).connect()) {
            String letter = """
                    insert into report_deliveries (delivery_id, tenant_id, report_id, from_day, to_day, state, attempts, at, detail)
                    select gen_random_uuid(), tenant_id, report_id, date_trunc('week', now())::date - 7 * ?, date_trunc('week', now())::date - 7 * ? + 7,
                      ?, ?, now() - make_interval(days => ?), ?
                    from saved_reports join tenants using (tenant_id) where slug = 'furnished' and rhythm = 'weekly'""";
            write(owner, letter, 1, 1, "waiting", 2, -1, "No mail server is named (artemis.mail.host)");
            write(owner, letter, 2, 2, "failed", 12, 1, "The mail server refused it: 550 5.1.1 mailbox unavailable");
            write(owner, letter, 3, 3, "uncertain", 1, 2, null);
            write(owner, letter, 4, 4, "sent", 1, 3, null);
            String key = """
                    update provider_keys set status = ?, detail = ?, base_url = null, check_at = now() + interval '1 day'
                    where name = ? and tenant_id = (select tenant_id from tenants where slug = 'furnished')""";
            write(owner, key, "accepted", "the provider accepts it", "Production");
            write(
                    owner,
                    key,
                    "no-quota",
                    "the provider knows it, but there is no quota or credit left",
                    "Of the night shift’s agents");
            write(owner, key, "rejected", "the provider rejects it (HTTP 401)", "Trial");
            write(owner, """
                    update alert_deliveries set status = 'delivered', delivered_at = now(), last_error = null
                    where alert_id in (select alert_id from alerts where threshold = 50) and status = 'waiting'
                      and tenant_id = (select tenant_id from tenants where slug = 'furnished')""");
            write(owner, "update reconciliations set findings = '{}' where reconciliation_id = ?::uuid", torn);
            write(
                    owner,
                    "update runs set status = 'LOST', kill_reason = 'NODE_LOST', exit_code = null where run_id = ?::uuid",
                    lost);
            write(owner, """
                    update run_news set status = 'LOST', detail = 'NODE_LOST'
                    where run_id = ?::uuid and status = 'SUCCEEDED'""", lost);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Connection owner, String statement, @Nullable Object... values) throws SQLException {
        try (PreparedStatement writing = owner.prepareStatement(statement)) {
            for (int n = 0; n < values.length; n++) {
                writing.setObject(n + 1, values[n]);
            }
            if (writing.executeUpdate() == 0) {
                throw new IllegalStateException("finds nothing: " + statement);
            }
        }
    }

    private static String json(Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int n = 0; n < namesAndValues.length; n += 2) {
            members.put((String) namesAndValues[n], namesAndValues[n + 1]);
        }
        return JSON.writeValueAsString(members);
    }
}
