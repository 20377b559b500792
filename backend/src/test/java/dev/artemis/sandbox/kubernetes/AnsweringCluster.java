package dev.artemis.sandbox.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * Answers as an API server does that has a namespace for runs and no node: for refusals that a real one gives only after somebody took its
 * rights away, and for a clock that goes otherwise. It keeps Jobs as they were sent.
 */
final class AnsweringCluster implements AutoCloseable {

    /** A refusal. @param status such as 403 */
    record Refusal(int status, String words) {}

    private static final Set<String> COLLECTIONS = Set.of("pods", "events", "nodes");

    private final Map<String, String> jobs = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final HttpServer server;
    private final AtomicInteger stopped = new AtomicInteger();
    private volatile boolean allowing = true;
    private final AtomicInteger removed = new AtomicInteger();
    private final AtomicInteger inputs = new AtomicInteger();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Optional<Refusal> refusal = Optional.empty();
    private volatile UnaryOperator<String> keeps = UnaryOperator.identity();

    AnsweringCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** From now on each new Job is refused. @param allowing what it says when asked for our rights */
    void refuses(Refusal said, boolean whileAllowing) {
        allowing = whileAllowing;
        refusals.set(Integer.MAX_VALUE);
        refusal = Optional.of(said);
    }

    /** The next Jobs are refused, so many. */
    void refusesNext(int times, Refusal said) {
        refuses(said, true);
        refusals.set(times);
    }

    /** What it makes of a Job that it is sent. */
    void keeps(UnaryOperator<String> change) {
        keeps = change;
    }

    /** How many Jobs were deleted. */
    int removed() {
        return removed.get();
    }

    /** How many inputs it was given. */
    int inputs() {
        return inputs.get();
    }

    void takesAll() {
        refusal = Optional.empty();
        allowing = true;
    }

    /** How often a Job was told to end. */
    int stopped() {
        return stopped.get();
    }

    ClusterClients clients() throws IOException {
        return TestKubeconfig.clients(server.getAddress().getPort());
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String name = path.substring(path.lastIndexOf('/') + 1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (query.contains("watch=true")) {
            watched(exchange);
        } else if (path.startsWith("/version")) {
            send(exchange, 200, """
                    {"major": "1", "minor": "33", "gitVersion": "v1.33.0", "gitCommit": "", "gitTreeState": "", "buildDate": "",
                     "goVersion": "", "compiler": "", "platform": ""}""");
        } else if (name.equals("selfsubjectaccessreviews")) {
            send(exchange, 201, "{\"spec\": {}, \"status\": {\"allowed\": %s}}".formatted(allowing));
        } else if (path.contains("/jobs")) {
            job(exchange, name, body);
        } else if (COLLECTIONS.contains(name)) {
            send(exchange, 200, "{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": []}");
        } else if (exchange.getRequestMethod().equals("GET")) {
            send(exchange, 200, "{\"metadata\": {\"name\": \"%s\"}}".formatted(name));
        } else {
            if (name.equals("secrets")) {
                inputs.incrementAndGet();
            }
            send(exchange, 201, body);
        }
    }

    private void job(HttpExchange exchange, String name, String body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "POST" -> create(exchange, body);
            case "PATCH" -> {
                stopped.incrementAndGet();
                send(exchange, 200, jobs.getOrDefault(name, "{}"));
            }
            case "DELETE" -> {
                removed.incrementAndGet();
                jobs.remove(name);
                send(exchange, 200, "{}");
            }
            default -> {
                if (name.equals("jobs")) {
                    send(
                            exchange,
                            200,
                            "{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [%s]}"
                                    .formatted(String.join(",", jobs.values())));
                } else if (jobs.containsKey(name)) {
                    send(exchange, 200, jobs.get(name));
                } else {
                    send(exchange, 404, "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"not found\"}");
                }
            }
        }
    }

    private void create(HttpExchange exchange, String body) throws IOException {
        if (refusal.isPresent() && refusals.getAndDecrement() > 0) {
            send(
                    exchange,
                    refusal.get().status(),
                    "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"message\": \"%s\"}"
                            .formatted(refusal.get().words().replace("\"", "\\\"")));
            return;
        }
        String made = keeps.apply(body).replaceFirst("\"metadata\":\\{", """
                "metadata":{"uid":"uid","resourceVersion":"1","creationTimestamp":"2020-01-01T00:00:00Z",""");
        jobs.put(made.replaceAll("(?s).*?\"name\":\"(run-[^\"]*)\".*", "$1"), made);
        send(exchange, 201, made);
    }

    private void watched(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            closing.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
