package dev.artemis.sandbox.docker;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The calls to a Docker engine that we need (docs.docker.com, Engine API 1.41). All throw {@link EngineFault}. Safe for several threads.
 */
final class Engine {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final byte[] NOTHING = new byte[0];
    private static final String JSON_TYPE = "Content-Type: application/json\r\n";

    private final Path socket;
    private volatile @Nullable String version;

    Engine(Path socket) {
        this.socket = socket;
    }

    /** What the engine says of itself. */
    JsonNode info() {
        return json(called("GET", "/info", "", NOTHING));
    }

    Optional<JsonNode> image(String name) {
        return found("/images/" + encoded(name) + "/json");
    }

    /** By name or id. */
    Optional<JsonNode> container(String name) {
        return found("/containers/" + encoded(name) + "/json");
    }

    /** All that have a label, running or not. @param label such as {@code name=value} */
    List<JsonNode> containers(String label) {
        String filters = JSON.writeValueAsString(Map.of("label", List.of(label)));
        JsonNode all = json(called("GET", "/containers/json?all=1&filters=" + encoded(filters), "", NOTHING));
        return all.valueStream().toList();
    }

    /** Makes a container and returns its id. Status 409: there is one of that name. */
    String create(String name, Map<String, Object> container) {
        byte[] body = JSON.writeValueAsBytes(container);
        return json(called("POST", "/containers/create?name=" + encoded(name), JSON_TYPE, body))
                .get("Id")
                .asString();
    }

    void start(String id) {
        called("POST", "/containers/" + id + "/start", "", NOTHING);
    }

    /** Without effect on one that does not run or is not there. */
    void kill(String id, String signal) {
        unlessSo(() -> called("POST", "/containers/" + id + "/kill?signal=" + signal, "", NOTHING));
    }

    /** Ends it if it runs. Without effect on one that is not there. */
    void remove(String id) {
        unlessSo(() -> called("DELETE", "/containers/" + id + "?force=1&v=1", "", NOTHING));
    }

    /** Lays files from a tar archive over a container that was not started. */
    void unpack(String id, byte[] archive) {
        called("PUT", "/containers/" + id + "/archive?path=/", "Content-Type: application/x-tar\r\n", archive);
    }

    /** Makes an image of a container. */
    void commit(String id, String repository, String tag) {
        String query = "?container=" + id + "&repo=" + encoded(repository) + "&tag=" + encoded(tag);
        called("POST", "/commit" + query, JSON_TYPE, "{}".getBytes(StandardCharsets.US_ASCII));
    }

    /** Takes a container's standard input; works before its start. Closing it leaves that input open. */
    Exchange attachInput(String id) {
        return open(
                "POST",
                "/containers/" + id + "/attach?stream=1&stdin=1",
                "Connection: Upgrade\r\nUpgrade: tcp\r\n",
                NOTHING);
    }

    /** All that a container printed, and what it prints, until it ends. */
    Exchange log(String id) {
        return open("GET", "/containers/" + id + "/logs?stdout=1&follow=1", "", NOTHING);
    }

    private Optional<JsonNode> found(String target) {
        try {
            return Optional.of(json(called("GET", target, "", NOTHING)));
        } catch (EngineFault fault) {
            if (fault.status() == EngineFault.NOT_FOUND) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    private static void unlessSo(Runnable call) {
        try {
            call.run();
        } catch (EngineFault fault) {
            if (!fault.alreadySo()) {
                throw fault;
            }
        }
    }

    private static JsonNode json(byte[] body) {
        return JSON.readTree(body);
    }

    /** The whole answer of a call that must not last. */
    private byte[] called(String method, String target, String headers, byte[] body) {
        Exchange exchange = open(method, target, headers + "Connection: close\r\n", body);
        Thread guard = closingAfter(exchange);
        try (exchange;
                InputStream answer = exchange.body()) {
            return answer.readAllBytes();
        } catch (IOException e) {
            throw new EngineFault("the engine's answer broke: " + e.getMessage(), e);
        } finally {
            guard.interrupt();
        }
    }

    /** The answer's head is read. */
    private Exchange open(String method, String target, String headers, byte[] body) {
        return opened(method, "/v" + version() + target, headers, body);
    }

    private Exchange opened(String method, String target, String headers, byte[] body) {
        Exchange exchange = connected();
        Thread guard = closingAfter(exchange);
        try {
            exchange.send(method, target, headers, body);
            if (exchange.status() >= 300) {
                throw refused(method + " " + target, exchange);
            }
            return exchange;
        } catch (IOException e) {
            exchange.close();
            throw new EngineFault("the engine at " + socket + " does not answer: " + e.getMessage(), e);
        } catch (EngineFault e) {
            exchange.close();
            throw e;
        } finally {
            guard.interrupt();
        }
    }

    private Exchange connected() {
        try {
            return Exchange.connect(socket);
        } catch (IOException e) {
            throw new EngineFault("no engine answers at " + socket + ": " + e.getMessage(), e);
        }
    }

    private static EngineFault refused(String what, Exchange exchange) throws IOException {
        String text = new String(exchange.body().readNBytes(4_096), StandardCharsets.UTF_8).strip();
        return new EngineFault(exchange.status(), "the engine refused " + what + ": " + exchange.status() + " " + text);
    }

    private static Thread closingAfter(Exchange exchange) {
        return Thread.ofVirtual().name("engine-guard").start(() -> {
            try {
                Thread.sleep(PATIENCE);
                exchange.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it answered in time
            }
        });
    }

    /** The newest that we were written for, or what the engine demands at least. */
    private String version() {
        String known = version;
        if (known != null) {
            return known;
        }
        Exchange exchange = opened("GET", "/version", "Connection: close\r\n", NOTHING);
        try (exchange) {
            JsonNode said = json(exchange.body().readAllBytes());
            String agreed = ApiVersion.agreed(
                    said.path("ApiVersion").asString(""),
                    said.path("MinAPIVersion").asString(""));
            version = agreed;
            return agreed;
        } catch (IOException e) {
            throw new EngineFault("the engine's answer broke: " + e.getMessage(), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
