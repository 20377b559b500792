package dev.artemis.access.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends nonsense to every call that the server's own description names: wrong types, huge and empty values, strange characters,
 * keys twice, nesting without end. Whatever comes is refused in the contract's words, never with 500, and tells nothing.
 */
@OnDatabase
@TestPropertySource(
        properties = "spring.application.name=fuzzed") // a database of its own: what this leaves is nonsense
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
@Tag("slow")
class FuzzTest {

    private static final Instant IN_A_MONTH =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(30));

    private static final JsonMapper json = new JsonMapper();

    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1.5",
            "1e400",
            "99999999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"" + "a".repeat(100_000) + "\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\\u2066ä🦉\"",
            "[]",
            "[null]",
            "{}",
            "[[[[1]]]]",
            "{\"$ref\": \"x\"}",
            "\"' or 1=1 --\"",
            "\"../../etc/passwd\"",
            "\"2026-13-45T99:99:99Z\"");

    private static final List<String> WORDS = List.of(
            "",
            "x",
            "-1",
            "1e9",
            "99999999999999999999",
            "'",
            "a".repeat(5000),
            "\u0000",
            "ä🦉",
            "2026-02-30",
            "NaN",
            "../..",
            "null",
            "%",
            "a,b,c");

    private static final List<String> LEAKS = List.of(
            "Exception",
            "org.springframework",
            "dev.artemis.",
            "java.lang",
            "org.postgresql",
            "org.hibernate",
            "ERROR: ",
            "stack",
            OnDatabase.ADMIN_KEY);

    private final MockMvcTester mvc;
    private final RestClient admin;
    private final JsonNode description;
    private final List<String> faults = new ArrayList<>();
    private int sent;

    FuzzTest(MockMvcTester mvc) {
        this.mvc = mvc;
        this.admin = RestClient.admin(mvc);
        this.description =
                json.readTree(RestClient.body(mvc.get().uri("/api/openapi.json").exchange()));
    }

    @Test
    void nonsenseIsRefusedAndTellsNothing() {
        description
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> fuzz(path.getKey(), operation.getKey(), operation.getValue())));

        assertThat(faults).isEmpty();
        assertThat(sent).isGreaterThan(2000);
    }

    private void fuzz(String path, String verb, JsonNode operation) {
        HttpMethod method = HttpMethod.valueOf(verb.toUpperCase(java.util.Locale.ROOT));
        String team = admin.newTeam();
        String usual = path.replace("{tenant}", team)
                .replace("{project}", "web")
                .replaceAll("\\{[^}]*}", "00000000-0000-7000-8000-000000000000");
        JsonNode schema = operation
                .path("requestBody")
                .path("content")
                .path("application/json")
                .path("schema");
        if (!schema.isMissingNode()) {
            bodies(schema).forEach(body -> send(method, usual, Map.of(), team, body.getBytes(StandardCharsets.UTF_8)));
            send(method, usual, Map.of(), team, new byte[] {'"', (byte) 0xff, (byte) 0xfe, '"'});
        }
        operation.path("requestBody").path("content").properties().stream()
                .map(Map.Entry::getKey)
                .filter(type -> !type.equals(MediaType.APPLICATION_JSON_VALUE))
                .forEach(type -> otherThanJson(method, usual, team, type));
        strangeHeaders(method, usual, team);
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.get("name").asString();
            for (String word : WORDS) {
                switch (parameter.get("in").asString()) {
                    case "query" -> send(method, usual, Map.of(name, word), team, null);
                    case "path" -> send(method, path, Map.of(), team, null, name, word);
                    case "header" -> header(method, usual, team, name, word);
                    default -> faults.add("what is " + parameter);
                }
            }
        }
    }

    private void otherThanJson(HttpMethod method, String path, String team, String type) {
        MediaType known = type.contains("*") ? new MediaType("text", "csv") : MediaType.parseMediaType(type);
        for (String body : bodies(description)) {
            judge(
                    method + " " + path + " as " + known + " " + abridged(body.getBytes(StandardCharsets.UTF_8)),
                    request(method, path, team).contentType(known).content(body.getBytes(StandardCharsets.UTF_8)));
        }
        for (byte[] body : List.of(new byte[0], new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}, new byte[100_000])) {
            judge(
                    method + " " + path + " as " + known + " bytes",
                    request(method, path, team).contentType(known).content(body));
        }
    }

    /** What is said about the body and the answer instead of in them. */
    private void strangeHeaders(HttpMethod method, String path, String team) {
        for (String type : List.of(
                "text/html", "application/xml", "multipart/form-data", "nonsense", "application/json;charset=x")) {
            judge(
                    method + " " + path + " sent as " + type,
                    request(method, path, team).header("Content-Type", type).content("{}"));
            judge(
                    method + " " + path + " wanted as " + type,
                    request(method, path, team).header("Accept", type).contentType(MediaType.APPLICATION_JSON));
        }
        for (String other : List.of("PUT", "PATCH", "TRACE", "OPTIONS", "HEAD", "BREW")) {
            judge(other + " " + path, request(HttpMethod.valueOf(other), path, team));
        }
    }

    private MockMvcTester.MockMvcRequestBuilder request(HttpMethod method, String path, String team) {
        return mvc.method(method)
                .uri(path)
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .header("Artemis-Project", team + "/web");
    }

    /** The whole body as nonsense, and a body that is right but for one field at a time. */
    private List<String> bodies(JsonNode schema) {
        List<String> bodies = new ArrayList<>(VALUES);
        bodies.addAll(List.of(
                "",
                " ",
                "{",
                "}",
                "nonsense",
                "{\"a\":1}{\"b\":2}",
                "\uFEFF{}",
                "[".repeat(20_000),
                "{\"a\":".repeat(5_000),
                "{\"x\": 1, \"x\": 2}"));
        Map<String, String> right = fields(schema);
        right.keySet().forEach(field -> {
            for (String value : VALUES) {
                Map<String, String> wrong = new LinkedHashMap<>(right);
                wrong.put(field, value);
                bodies.add(object(wrong));
            }
            bodies.add(object(right).replaceFirst("}$", ",\"" + field + "\":" + right.get(field) + "}"));
        });
        inside(schema, right, bodies);
        return bodies;
    }

    /** The same one step deeper: objects in the body, and objects in its lists. */
    private void inside(JsonNode schema, Map<String, String> right, List<String> bodies) {
        resolved(schema).path("properties").properties().forEach(property -> {
            JsonNode field = resolved(property.getValue());
            boolean list = field.path("type").asString("").equals("array");
            Map<String, String> inner = fields(list ? field.path("items") : field);
            inner.keySet().forEach(each -> {
                for (String value : VALUES) {
                    Map<String, String> wrongInside = new LinkedHashMap<>(inner);
                    wrongInside.put(each, value);
                    Map<String, String> wrong = new LinkedHashMap<>(right);
                    wrong.put(property.getKey(), list ? "[" + object(wrongInside) + "]" : object(wrongInside));
                    bodies.add(object(wrong));
                }
            });
        });
    }

    private static String object(Map<String, String> fields) {
        List<String> pairs = new ArrayList<>();
        fields.forEach((name, value) -> pairs.add("\"" + name + "\":" + value));
        return "{" + String.join(",", pairs) + "}";
    }

    private Map<String, String> fields(JsonNode schema) {
        Map<String, String> fields = new TreeMap<>();
        resolved(schema)
                .path("properties")
                .properties()
                .forEach(property -> fields.put(property.getKey(), example(resolved(property.getValue()), 0)));
        return fields;
    }

    private String example(JsonNode schema, int depth) {
        if (schema.has("enum")) {
            return schema.get("enum").get(0).toString();
        }
        if (schema.has("example")) {
            return "\"" + schema.get("example").asString() + "\"";
        }
        return switch (schema.path("type").asString("object")) {
            case "string" ->
                schema.path("format").asString("").equals("date-time") ? "\"" + IN_A_MONTH + "\"" : "\"fuzzed\"";
            case "integer", "number" -> "1";
            case "boolean" -> "false";
            case "array" -> depth > 3 ? "[]" : "[" + example(resolved(schema.path("items")), depth + 1) + "]";
            default -> {
                Map<String, String> inner = new TreeMap<>();
                if (depth < 3) {
                    schema.path("properties")
                            .properties()
                            .forEach(property ->
                                    inner.put(property.getKey(), example(resolved(property.getValue()), depth + 1)));
                }
                yield object(inner);
            }
        };
    }

    private JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asString("");
        return reference.isEmpty() ? schema : description.at(reference.substring(1));
    }

    private void header(HttpMethod method, String path, String team, String name, String word) {
        if (word.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            var request = mvc.method(method)
                    .uri(path)
                    .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                    .header(name, word);
            if (!name.equals("Artemis-Project")) {
                request = request.header("Artemis-Project", team + "/web");
            }
            request = request.contentType(MediaType.APPLICATION_JSON).content("{}");
            judge(method + " " + path + " " + name + ": " + word, request);
        }
    }

    private void send(
            HttpMethod method,
            String path,
            Map<String, String> query,
            String team,
            byte @org.jspecify.annotations.Nullable [] body,
            String... variable) {
        String filled = path;
        if (variable.length == 2) {
            filled = path.replace("{" + variable[0] + "}", encoded(variable[1]));
        }
        filled = filled.replace("{tenant}", team).replace("{project}", "web").replaceAll("\\{[^}]*}", "x");
        var uri = UriComponentsBuilder.fromUriString(filled);
        query.forEach((name, value) -> uri.queryParam(name, encoded(value)));
        var request = mvc.method(method)
                .uri(uri.build(true).toUri())
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .header("Artemis-Project", team + "/web")
                .contentType(MediaType.APPLICATION_JSON);
        if (body != null) {
            request = request.content(body);
        }
        judge(method + " " + filled + " " + query + " " + (body == null ? "" : abridged(body)), request);
    }

    private void judge(String what, MockMvcTester.MockMvcRequestBuilder request) {
        sent++;
        var result = request.exchange();
        if (result.getUnresolvedException() != null) {
            faults.add(what + " threw " + result.getUnresolvedException());
            return;
        }
        int status = result.getResponse().getStatus();
        String answer = RestClient.body(result);
        if (status >= 500 || (status >= 400 && LEAKS.stream().anyMatch(answer::contains))) {
            faults.add(what + " -> " + status + " " + answer.substring(0, Math.min(300, answer.length())));
        }
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String abridged(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }
}
