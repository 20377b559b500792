package dev.artemis.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the REST API v1 that knows nothing but HTTP and JSON. Paths are relative to {@code /api/v1/}. */
public final class Api {

    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;
    private final Map<String, String> headers;

    /** A client of the server at that address, with a key. */
    public Api(URI url, String key) {
        this(url.resolve("/api/v1/"), Map.of("Authorization", "Bearer " + key));
    }

    private Api(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** The same client with one more header on every request. */
    public Api with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Api(base, more);
    }

    /** The same client, asking another server. */
    public Api at(URI url) {
        return new Api(url.resolve("/api/v1/"), headers);
    }

    /** The same client without a key. */
    public Api withoutKey() {
        Map<String, String> less = new TreeMap<>(headers);
        less.remove("Authorization");
        return new Api(base, less);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    public Answer post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json));
    }

    public Answer put(String path, String json) {
        return send("PUT", path, BodyPublishers.ofString(json));
    }

    public Answer patch(String path, String json) {
        return send("PATCH", path, BodyPublishers.ofString(json));
    }

    private Answer send(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(90))
                .header("Content-Type", "application/json")
                .method(method, body);
        headers.forEach(request::header);
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + method + " " + path, e);
        }
    }

    /** What the server answered. */
    public static final class Answer {

        private final HttpResponse<String> response;

        private Answer(HttpResponse<String> response) {
            this.response = response;
        }

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String body() {
            return response.body();
        }

        /** The body as JSON. */
        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        /** This answer, if it has the status; else an error that shows it. */
        public Answer expect(int status) {
            if (status() != status) {
                throw new AssertionError("expected %d, got %s".formatted(status, this));
            }
            return this;
        }

        @Override
        public String toString() {
            return response.request().method() + " " + response.uri() + " -> " + status() + " " + body();
        }
    }
}
