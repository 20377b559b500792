package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.access.PagesAlone;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.db.Database;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Makes every change that calls can make, whoever added them, and those that pages alone can make, and looks for it in the audit
 * log. A trigger on every table tells which transactions changed something and left no entry: also those that nobody thought of.
 */
@OnDatabase
@Import(PagesAlone.class)
@TestPropertySource(properties = "spring.application.name=audited") // a database of its own: it is watched
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class EveryChangeIsAuditedTest {

    private static final String TEAM = "admin/tenants/{tenant}";
    private static final String PROJECT = TEAM + "/projects/{project}";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    /** What the ledger and the runs themselves tell: who spent what, who ran what. A scan, a check of the configuration, and a test's own probe change nothing. */
    private static final Set<String> TOLD_ELSEWHERE = Set.of(
            "POST probe",
            "POST calls",
            "POST calls/batch",
            "POST reservations",
            "POST reservations/{id}/settle",
            "POST runs",
            "POST runs/{id}/repetition",
            "POST scans",
            "POST admin/startup-check");

    /** Tables that tell themselves who did what (money, runs), or what only machines do: queues, counters, memories. */
    private static final Set<String> TELL_THEMSELVES = Set.of(
            "entries",
            "entries_elsewhere",
            "usage_by_day",
            "usage_by_card",
            "usage_by_card_month",
            "card_months",
            "usage_by_card_year",
            "usage_by_month",
            "windows",
            "holds",
            "refusals",
            "tills",
            "labels",
            "alerts",
            "alert_deliveries",
            "report_deliveries",
            "unpriced_models",
            "price_catalogue",
            "runs",
            "run_inputs",
            "run_files",
            "run_news",
            "run_queues",
            "workers",
            "supervision",
            "idempotent_answers",
            "guesses",
            "opened_from",
            "key_demand",
            "data_keys");

    /** What a machine notes on a row that people change. */
    private static final String NOTED_BY_MACHINES =
            "last_used_at, used_at, came_in_at, check_at, language, last_step, version, lines, sha256, "
                    + "csv_version";

    private final RestClient admin;
    private final AuditLog log;
    private final Database database;
    private final PagesAlone pagesAlone;
    private final Set<String> changes;
    private final Set<String> made = new TreeSet<>();
    private final Map<String, String> names = new TreeMap<>();
    private JsonNode answer = MissingNode.getInstance();

    EveryChangeIsAuditedTest(
            MockMvcTester mvc,
            AuditLog log,
            Database database,
            PagesAlone pagesAlone,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.admin = RestClient.admin(mvc);
        this.log = log;
        this.database = database;
        this.pagesAlone = pagesAlone;
        this.changes = changes(mapping);
    }

    @Test
    void whoDidWhatFromWhereWithBeforeAndAfter() throws Exception {
        watchEveryTable();
        names.put("tenant", "audited");
        names.put("project", "web");
        made("POST", "admin/tenants", """
            {"slug": "audited", "name": "Audited", "time_zone": "UTC"}""", "tenant.created");
        changed("PATCH", TEAM, "{\"name\": \"Audited well\"}", "tenant.changed");
        changed("PUT", TEAM + "/budget", "{\"daily_limit\": \"100\"}", "budget.changed");
        changed("PUT", TEAM + "/run-quota", "{\"weight\": 200}", "run-quota.changed");
        made("POST", TEAM + "/projects", "{\"slug\": \"web\", \"name\": \"Web\"}", "project.created");
        changed("PATCH", PROJECT, "{\"name\": \"Web pages\"}", "project.changed");
        changed("PUT", PROJECT + "/budget", "{\"monthly_limit\": \"90\"}", "budget.changed");
        changed("PUT", PROJECT + "/run-quota", "{\"max_queued_runs\": 7}", "run-quota.changed");
        keysAndMoney();
        people();
        itsOwnThings();
        prices();
        whatFailed();
        pagesAlone.changeAll();
        changed("DELETE", TEAM, null, "tenant.");

        assertThat(changes).as("every change there is was made").isEqualTo(made);
        assertThat(rows("select distinct action from artemis.audit_entries"))
                .as("what pages alone can do")
                .containsAll(PagesAlone.ACTIONS);
        assertThat(silent()).as("what was changed without a word").isEmpty();
    }

    /** The watch sees a change that says nothing. */
    @Test
    void aSilentChangeIsFound() throws SQLException {
        watchEveryTable();
        rows("insert into artemis.tenants (tenant_id, slug, name, time_zone, created_at)"
                + " values (gen_random_uuid(), 'silent', 'Silent', 'UTC', now()) returning slug");

        assertThat(silent()).containsExactly("tenants: ");
        rows("delete from watch.changes returning 1");
    }

    /** What went wrong before somebody lets it be tried again. */
    private void whatFailed() throws SQLException {
        names.put("id", rows("""
                        update artemis.alert_deliveries set status = 'dead' where channel_id =
                          (select channel_id from artemis.alert_channels where target = 'told@example.org')
                        returning delivery_id""").getFirst());
        change("POST", TEAM + "/alert-deliveries/{id}/retry", "", "alert-delivery.retried");
        names.put("delivery", rows("""
                        insert into artemis.report_deliveries
                          (delivery_id, tenant_id, report_id, from_day, to_day, state, at)
                        select gen_random_uuid(), tenant_id, report_id, '2026-01-01', '2026-02-01', 'failed', now()
                        from artemis.saved_reports limit 1 returning delivery_id""").getFirst());
        change("POST", TEAM + "/saved-reports/deliveries/{delivery}/repetition", "", "report.");
    }

    private void watchEveryTable() throws SQLException {
        rows("""
                drop schema if exists watch cascade;
                create schema watch;
                create table watch.changes (xact xid8, what text, columns text);
                create function watch.note() returns trigger language plpgsql security definer set search_path = watch as $$
                  declare
                    differs text := '';
                  begin
                    if tg_op = 'UPDATE' then
                      select string_agg(n.key, ',' order by n.key) into differs
                      from jsonb_each(to_jsonb(new)) n join jsonb_each(to_jsonb(old)) o using (key)
                      where n.value is distinct from o.value
                        and n.key <> all (string_to_array('%s', ', '));
                      if differs is null then
                        return null;
                      end if;
                    end if;
                    insert into watch.changes values (pg_current_xact_id(), tg_table_name, differs);
                    return null;
                  end $$;
                do $$
                declare
                  name text;
                begin
                  for name in select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = 'artemis' and c.relkind in ('r', 'p') and not c.relispartition loop
                    execute format('drop trigger if exists watched on artemis.%%I', name);
                    execute format('create trigger watched after insert or update or delete on artemis.%%I
                                    for each row execute function watch.note()', name);
                  end loop;
                end $$;
                select 1""".formatted(NOTED_BY_MACHINES));
    }

    private List<String> silent() throws SQLException {
        return rows("""
                select distinct c.what || ': ' || c.columns from watch.changes c
                where not exists (select from watch.changes a where a.xact = c.xact and a.what = 'audit_entries')
                order by 1""").stream()
                .filter(found -> !TELL_THEMSELVES.contains(
                        found.substring(0, found.indexOf(':')).replaceAll("_[0-9]{4}_[0-9]{2}$", "")))
                .toList();
    }

    /** With the owner's eyes: the first column of the last statement's rows. */
    private List<String> rows(String sql) throws SQLException {
        var owner = database.owner();
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection(owner.url(), owner.username(), owner.password());
                var statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            while (!hasRows && statement.getUpdateCount() >= 0) {
                hasRows = statement.getMoreResults();
            }
            while (hasRows && statement.getResultSet().next()) {
                rows.add(String.valueOf(statement.getResultSet().getString(1)));
            }
        }
        return rows;
    }

    private void keysAndMoney() {
        String keys = PROJECT + "/keys";
        JsonNode key =
                made("POST", keys, "{\"name\": \"x\", \"scopes\": [\"calls:write\", \"runs:write\"]}", "key.created");
        JsonNode call =
                RestClient.expect(201, admin.with(key.get("key").asString()).post("calls", """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}"""));
        changed("POST", keys + "/{id}/rotation", "{\"grace_seconds\": 1}", "key.rotated");
        RestClient program = admin.with(answer.get("key").asString());
        made("POST", TEAM + "/alert-channels", """
            {"kind": "email", "target": "told@example.org"}""", "alert-channel.created");
        RestClient.expect(200, admin.send(HttpMethod.PUT, filled(TEAM + "/budget"), """
            {"daily_limit": "0.08", "monthly_limit": null, "alert_thresholds": [80]}"""));
        RestClient.expect(201, program.post("calls", """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}"""));
        RestClient.expect(200, admin.send(HttpMethod.PUT, filled(TEAM + "/budget"), "{\"daily_limit\": \"100\"}"));
        String held = RestClient.expect(201, program.post("reservations", """
            {"model": "gpt-4o", "tokens_input": 50, "max_tokens_output": 20, "stage": "development"}"""))
                .get("id")
                .asString();
        names.put("id", held);
        change(admin.actingFor("audited/web"), "DELETE", "reservations/{id}", null, "reservation.released");
        String run = RestClient.expect(202, program.post("runs", "{\"language\": \"python\", \"code\": \"print(1)\"}"))
                .get("id")
                .asString();
        names.put("id", run);
        change(program, "POST", "runs/{id}/cancellation", "", "run.cancelled");
        names.put("id", key.get("id").asString());
        changed("PUT", keys + "/{id}/budget", "{\"monthly_limit\": \"50\"}", "budget.changed");
        changed("DELETE", keys + "/{id}", null, "key.revoked");
        made("POST", PROJECT + "/corrections", """
            {"entry_id": "%s", "amount": "-0.01", "reason": "twice"}""".formatted(call.get("id").asString()), "entry.corrected");
        made("POST", TEAM + "/chargeback-rates", """
            {"valid_from": "2099-01-01", "percent": 10}""", "chargeback.set");
        made("POST", TEAM + "/reconciliations", """
            start_time,start_time_iso,num_model_requests,model,batch,input_tokens,output_tokens,input_cached_tokens
            1791158400,2026-10-05T00:00:00+00:00,2,gpt-4o-mini,false,150,75,100
            """, "bill.reconciled");
        made(
                "POST",
                TEAM + "/statements",
                """
            {"month": "%s"}""".formatted(YearMonth.now(ZoneOffset.UTC).minusMonths(1)),
                "month.closed");
    }

    private void people() {
        made("POST", TEAM + "/members", """
            {"email": "audited@example.org", "role": "VIEWER"}""", "member.put");
        made("POST", TEAM + "/members/{id}/invitation", "", "access-link.made");
        changed("PUT", "admin/people/{id}/standing", """
            {"platform_role": "FINANCE", "disabled": false}""", "user.standing");
        made("POST", "admin/people/{id}/link", "", "access-link.made");
        change("PUT", "admin/people/{id}/password", """
            {"password": "a very good password"}""", "user.password-set");
        pagesAlone.withSecondFactor(String.valueOf(names.get("id")));
        change("DELETE", "admin/people/{id}/second-factor", null, "second-factor.off");
        changed("DELETE", TEAM + "/members/{id}", null, "member.removed");
    }

    private void itsOwnThings() {
        made("POST", TEAM + "/provider-keys", """
            {"provider": "openai-compatible", "name": "x", "secret": "abcdefghijklmnopqrstuvwxyzABCDEF",
             "base_url": "http://127.0.0.1:1/v1"}""", "provider-key.added");
        change("POST", TEAM + "/provider-keys/{id}/check", "", "provider-key.checked");
        changed("DELETE", TEAM + "/provider-keys/{id}", null, "provider-key.removed");
        made("POST", TEAM + "/alert-channels", """
            {"kind": "email", "target": "audited@example.org"}""", "alert-channel.created");
        changed("DELETE", TEAM + "/alert-channels/{id}", null, "alert-channel.removed");
        made("POST", TEAM + "/saved-reports", "{\"name\": \"x\"}", "report.saved");
        changed("DELETE", TEAM + "/saved-reports/{id}", null, "report.deleted");
        made("POST", TEAM + "/saved-reports", "{\"name\": \"again\"}", "report.saved");
    }

    private void prices() {
        made("POST", "admin/reconciliations", """
            start_time_iso,amount_value,amount_currency,line_item
            2026-10-05T00:00:00+00:00,0.5,usd,"gpt-4o-2024-08-06, input"
            """, "bill.reconciled");
        made("POST", "admin/prices", """
            {"provider": "audited", "model": "audited-1", "rates": {"input": "0.000001", "output": "0.000002"},
             "aliases": ["audited-too"]}""", "price.");
        changed("PATCH", "admin/prices/{id}", "{\"valid_to\": \"2099-01-01T00:00:00Z\"}", "price.");
        changed("DELETE", "admin/prices/aliases?alias=audited-too", null, "price-alias.removed");
        made("POST", "admin/prices/import", """
            {"audited-2": {"litellm_provider": "audited", "input_cost_per_token": 1e-6, "output_cost_per_token": 1e-6}}\
            """, "prices.imported");
    }

    /** A change of what was there before. */
    private void changed(String method, String path, @Nullable String body, String action) {
        assertThat(change(method, path, body, action).before())
                .as("%s %s: how it was", method, path)
                .isNotNull();
    }

    /** A change that makes something; later paths have its id. */
    private JsonNode made(String method, String path, String body, String action) {
        AuditEntry entry = change(method, path, body, action);
        assertThat(entry.after()).as("%s %s: how it is", method, path).isNotNull();
        return answer;
    }

    private AuditEntry change(String method, String path, @Nullable String body, String action) {
        return change(admin, method, path, body, action);
    }

    private AuditEntry change(RestClient client, String method, String path, @Nullable String body, String action) {
        long before = newest().stream().mapToLong(AuditEntry::number).max().orElse(0);
        var result = client.send(HttpMethod.valueOf(method), filled(path), body);
        int status = result.getResponse().getStatus();
        assertThat(status)
                .as("%s %s: %s", method, path, RestClient.body(result))
                .isBetween(200, 299);
        answer = RestClient.expect(status, result);
        if (answer.has("id")) {
            names.put("id", answer.get("id").asString());
        }
        made.add(method + " " + path.split("\\?")[0]);
        List<AuditEntry> entries = newest().stream()
                .filter(entry -> entry.number() > before && entry.action().startsWith(action))
                .toList();
        assertThat(entries).as("%s %s", method, path).hasSize(1).first().satisfies(entry -> {
            assertThat(entry.actor()).startsWith(OnDatabase.ADMIN_KEY.equals(client.key()) ? "admin key" : "key ");
            assertThat(entry.tenant() != null)
                    .as("%s %s belongs to the team", method, path)
                    .isEqualTo(!path.startsWith("admin/") || path.startsWith("admin/tenants"));
            assertThat(entry.address()).isEqualTo("127.0.0.1");
        });
        return entries.getFirst();
    }

    private List<AuditEntry> newest() {
        return log.find(new AuditQuery(null, null, null, null, null), null).items();
    }

    private String filled(String path) {
        Matcher variable = VARIABLE.matcher(path);
        return variable.replaceAll(found -> String.valueOf(names.get(found.group(1))));
    }

    private static Set<String> changes(RequestMappingHandlerMapping mapping) {
        Set<String> changes = new TreeSet<>();
        mapping.getHandlerMethods()
                .forEach((info, handler) -> info.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/api/v1/"))
                        .map(pattern -> pattern.substring("/api/v1/".length()))
                        .forEach(path -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> method.name() + " " + path)
                                .filter(call -> !call.startsWith("GET ") && !TOLD_ELSEWHERE.contains(call))
                                .forEach(changes::add)));
        return changes;
    }
}
