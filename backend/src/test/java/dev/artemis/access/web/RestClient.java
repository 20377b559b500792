package dev.artemis.access.web;

import dev.artemis.OnDatabase;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that talks to the API with one key. */
public record RestClient(
        MockMvcTester mvc,
        @Nullable String key,
        @Nullable String idempotencyKey,
        @Nullable String project) {

    private static final AtomicInteger count = new AtomicInteger();
    private static final JsonMapper json = new JsonMapper();

    public static RestClient admin(MockMvcTester mvc) {
        return new RestClient(mvc, OnDatabase.ADMIN_KEY, null, null);
    }

    public RestClient with(@Nullable String otherKey) {
        return new RestClient(mvc, otherKey, null, null);
    }

    /** The same, sending that {@code Idempotency-Key}. */
    RestClient retrying(String name) {
        return new RestClient(mvc, key, name, project);
    }

    /** The same, acting for a project: {@code tenant/project}. */
    RestClient actingFor(String whose) {
        return new RestClient(mvc, key, idempotencyKey, whose);
    }

    public MvcTestResult get(String path) {
        return send(HttpMethod.GET, path, null);
    }

    public MvcTestResult post(String path, String body) {
        return send(HttpMethod.POST, path, body);
    }

    public MvcTestResult patch(String path, String body) {
        return send(HttpMethod.PATCH, path, body);
    }

    public MvcTestResult delete(String path) {
        return send(HttpMethod.DELETE, path, null);
    }

    public MvcTestResult send(HttpMethod method, String path, @Nullable String body) {
        var request = mvc.method(method).uri("/api/v1/" + path);
        if (key != null) {
            request = request.header("Authorization", "Bearer " + key);
        }
        if (idempotencyKey != null) {
            request = request.header("Idempotency-Key", idempotencyKey);
        }
        if (project != null) {
            request = request.header("Artemis-Project", project);
        }
        if (body != null) {
            request = request.contentType(MediaType.APPLICATION_JSON).content(body);
        }
        return request.exchange();
    }

    /** A new team with the project "web"; returns its slug. */
    public String newTeam() {
        String slug = "acme-" + count.incrementAndGet();
        expect(201, post("admin/tenants", """
            {"slug": "%s", "name": "Acme", "time_zone": "Europe/Berlin"}\
            """.formatted(slug)));
        expect(201, post("admin/tenants/" + slug + "/projects", """
            {"slug": "web", "name": "Web"}\
            """));
        return slug;
    }

    /** The answer's body, which must have come with that status. */
    public static JsonNode expect(int status, MvcTestResult result) {
        var response = result.getResponse();
        if (response.getStatus() != status) {
            throw new AssertionError("expected " + status + ", got " + response.getStatus() + ": " + body(result));
        }
        String body = body(result);
        return body.isEmpty() ? json.nullNode() : json.readTree(body);
    }

    public static String code(int status, MvcTestResult result) {
        JsonNode problem = expect(status, result);
        String type = result.getResponse().getContentType();
        if (!"application/problem+json".equals(type)) {
            throw new AssertionError("a refusal of the type " + type);
        }
        return problem.get("code").asString();
    }

    public static String body(MvcTestResult result) {
        try {
            return result.getResponse().getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
