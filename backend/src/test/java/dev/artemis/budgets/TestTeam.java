package dev.artemis.budgets;

import dev.artemis.OnDatabase;
import java.util.UUID;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A fresh team with one project and a key of it, used through the API as a program would. */
public record TestTeam(MockMvcTester mvc, JsonMapper json, String slug, String key, String keyId) {

    public static TestTeam fresh(MockMvcTester mvc, JsonMapper json) {
        return fresh(mvc, json, "Europe/Berlin");
    }

    public static TestTeam fresh(MockMvcTester mvc, JsonMapper json, String zone) {
        String slug = "team-" + UUID.randomUUID();
        var admin = new TestTeam(mvc, json, slug, OnDatabase.ADMIN_KEY, "");
        admin.post(
                "/admin/tenants",
                "{\"slug\": \"%s\", \"name\": \"Team\", \"time_zone\": \"%s\"}".formatted(slug, zone));
        admin.post("/admin/tenants/" + slug + "/projects", "{\"slug\": \"shop\", \"name\": \"Shop\"}");
        JsonNode key = admin.json(admin.post("/admin/tenants/" + slug + "/projects/shop/keys", """
                {"name": "ci", "scopes": ["calls:write", "costs:read"]}"""));
        return new TestTeam(
                mvc, json, slug, key.get("key").asString(), key.get("id").asString());
    }

    public TestTeam admin() {
        return new TestTeam(mvc, json, slug, OnDatabase.ADMIN_KEY, keyId);
    }

    public MvcTestResult limit(String body) {
        return admin().put("/admin/tenants/" + slug + "/budget", body);
    }

    public MvcTestResult put(String path, String body) {
        return mvc.put()
                .uri("/api/v1" + path)
                .header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .content(body)
                .exchange();
    }

    public MvcTestResult post(String path, String body) {
        return mvc.post()
                .uri("/api/v1" + path)
                .header("Authorization", "Bearer " + key)
                .contentType("application/json")
                .content(body)
                .exchange();
    }

    public MvcTestResult post(String path, String idempotencyKey, String body) {
        return mvc.post()
                .uri("/api/v1" + path)
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", idempotencyKey)
                .contentType("application/json")
                .content(body)
                .exchange();
    }

    public MvcTestResult get(String path) {
        return mvc.get()
                .uri("/api/v1" + path)
                .header("Authorization", "Bearer " + key)
                .exchange();
    }

    public MvcTestResult delete(String path) {
        return mvc.delete()
                .uri("/api/v1" + path)
                .header("Authorization", "Bearer " + key)
                .exchange();
    }

    public JsonNode json(MvcTestResult result) {
        return json.readTree(body(result));
    }

    public static String body(MvcTestResult result) {
        return new String(result.getResponse().getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
