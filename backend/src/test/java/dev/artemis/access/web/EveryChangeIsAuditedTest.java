package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import java.time.YearMonth;
import java.time.ZoneOffset;
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
import org.springframework.http.HttpMethod;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Makes every change that the administration's calls can make, whoever added them, and looks for it in the audit log. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class EveryChangeIsAuditedTest {

    private static final String TEAM = "admin/tenants/{tenant}";
    private static final String PROJECT = TEAM + "/projects/{project}";
    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]*)}");

    /** What asks somebody and changes nothing of ours, and what needs a letter that failed before. */
    private static final Set<String> ELSEWHERE = Set.of(
            "POST " + TEAM + "/provider-keys/{id}/check",
            "POST " + TEAM + "/alert-deliveries/{id}/retry",
            "POST " + TEAM + "/saved-reports/deliveries/{delivery}/repetition");

    private final RestClient admin;
    private final AuditLog log;
    private final Set<String> changes;
    private final Set<String> made = new TreeSet<>();
    private final Map<String, String> names = new TreeMap<>();
    private JsonNode answer = MissingNode.getInstance();

    EveryChangeIsAuditedTest(
            MockMvcTester mvc,
            AuditLog log,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping mapping) {
        this.admin = RestClient.admin(mvc);
        this.log = log;
        this.changes = changes(mapping);
    }

    @Test
    void whoDidWhatFromWhereWithBeforeAndAfter() {
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
        changed("DELETE", TEAM, null, "tenant.");

        assertThat(changes).as("every change there is was made").isEqualTo(made);
    }

    private void keysAndMoney() {
        String keys = PROJECT + "/keys";
        JsonNode key = made("POST", keys, "{\"name\": \"x\", \"scopes\": [\"calls:write\"]}", "key.created");
        JsonNode call =
                RestClient.expect(201, admin.with(key.get("key").asString()).post("calls", """
            {"model": "gpt-4o", "tokens_input": 5000, "tokens_output": 2000, "stage": "development"}"""));
        changed("POST", keys + "/{id}/rotation", "{\"grace_seconds\": 1}", "key.rotated");
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
        changed("DELETE", TEAM + "/members/{id}", null, "member.removed");
    }

    private void itsOwnThings() {
        made("POST", TEAM + "/provider-keys", """
            {"provider": "mistral", "name": "x", "secret": "abcdefghijklmnopqrstuvwxyzABCDEF"}""", "provider-key.added");
        changed("DELETE", TEAM + "/provider-keys/{id}", null, "provider-key.removed");
        made("POST", TEAM + "/alert-channels", """
            {"kind": "email", "target": "audited@example.org"}""", "alert-channel.created");
        changed("DELETE", TEAM + "/alert-channels/{id}", null, "alert-channel.removed");
        made("POST", TEAM + "/saved-reports", "{\"name\": \"x\"}", "report.saved");
        changed("DELETE", TEAM + "/saved-reports/{id}", null, "report.deleted");
    }

    private void prices() {
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
        long before = newest().stream().mapToLong(AuditEntry::number).max().orElse(0);
        var result = admin.send(HttpMethod.valueOf(method), filled(path), body);
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
            assertThat(entry.actor()).startsWith("admin key");
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
                        .filter(pattern -> pattern.startsWith("/api/v1/admin/"))
                        .map(pattern -> pattern.substring("/api/v1/".length()))
                        .forEach(path -> info.getMethodsCondition().getMethods().stream()
                                .map(method -> method.name() + " " + path)
                                .filter(call -> !call.startsWith("GET ") && !ELSEWHERE.contains(call))
                                .forEach(changes::add)));
        return changes;
    }
}
