package dev.artemis.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a watch does with answers that a healthy cluster gives only after hours. */
@Execution(ExecutionMode.CONCURRENT)
class ClusterWatchTest {

    private static final String GONE = """
            {"type": "ERROR", "object": {"kind": "Status", "apiVersion": "v1", "code": 410, "reason": "Expired",
            "message": "too old resource version: 1 (2)"}}
            """.replace("\n", "") + "\n";

    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> watchedFrom = new ConcurrentLinkedQueue<>();
    private final CountDownLatch goneIsTold = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean away;
    private volatile boolean forbidden;
    private volatile boolean endsAtOnce;
    private final AtomicInteger endedAtOnce = new AtomicInteger();
    private volatile String job = "first";
    private volatile int version = 1;
    private final HttpServer server = server();
    private final ClusterWatch watch = watch();

    ClusterWatchTest() throws IOException {}

    @BeforeEach
    void open() {
        watch.open();
    }

    @AfterEach
    void close() {
        watch.close();
        closing.countDown();
        server.stop(0);
    }

    @Test
    void listsAgainWhenWhatItWatchesFromIsGone() {
        await(() -> watch.picture("first").job().isPresent());

        // meanwhile, and never told: one Job went and another came
        job = "second";
        version = 2;
        goneIsTold.countDown();

        await(() -> watch.picture("second").job().isPresent());
        // what came is taken in before what went
        await(() -> watch.picture("first").job().isEmpty());
        await(() -> watchedFrom.contains("2"));
        await(() -> told.containsAll(List.of("first", "second")));
        await(() -> watch.lost().isEmpty());
    }

    @Test
    void knowsForHowLongTheClusterHasNotAnswered() {
        await(() -> watch.picture("first").job().isPresent());
        assertThat(watch.lost()).isEmpty();

        away = true;
        goneIsTold.countDown();
        await(() -> watch.lost().isPresent());
        assertThat(watch.lost())
                .hasValueSatisfying(lost -> assertThat(lost.why()).contains("status 503"));
        // counted from the first failure, however often it is asked since
        await(() -> watch.lost()
                .filter(lost -> lost.duration().compareTo(Duration.ofMillis(700)) > 0)
                .isPresent());

        away = false;
        await(() -> watch.lost().isEmpty());
    }

    @Test
    void aWatchThatEndsAtOnceIsAskedForLessAndLess() {
        endsAtOnce = true;
        goneIsTold.countDown();
        await(() -> endedAtOnce.get() >= 1);
        long began = System.nanoTime();

        await(() -> endedAtOnce.get() >= 5);

        // half of 0.2, 0.4, 0.8 and 1.6 s at least
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(1_400));
        assertThat(watch.picture("first").job()).isPresent();
    }

    @Test
    void whoMayListAndNotWatchDoesNotSeeTheCluster() {
        await(() -> watch.picture("first").job().isPresent());
        forbidden = true;
        goneIsTold.countDown();

        await(() -> watch.lost()
                .filter(lost -> lost.duration().compareTo(Duration.ofMillis(1_500)) > 0)
                .isPresent());
        assertThat(watch.lost())
                .hasValueSatisfying(lost -> assertThat(lost.why()).contains("watch Jobs", "status 403"));

        forbidden = false;
        await(() -> watch.lost().isEmpty());
    }

    private ClusterWatch watch() throws IOException {
        ClusterClients clients = TestKubeconfig.clients(server.getAddress().getPort());
        return new ClusterWatch(new ClusterCalls(clients, SomeSettings.defaults()), told::add);
    }

    private HttpServer server() throws IOException {
        HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        made.createContext("/apis/batch/v1", exchange -> answer(exchange, "JobList", true));
        made.createContext("/api/v1", exchange -> answer(exchange, "PodList", false));
        made.start();
        return made;
    }

    private void answer(HttpExchange exchange, String kind, boolean jobs) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (away) {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        } else if (jobs && forbidden && query.contains("watch=true")) {
            exchange.sendResponseHeaders(403, -1);
            exchange.close();
        } else if (jobs && endsAtOnce && query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            endedAtOnce.incrementAndGet();
        } else if (query.contains("watch=true")) {
            watched(exchange, query, jobs);
        } else {
            String items = jobs ? "{\"metadata\": {\"name\": \"%s\", \"uid\": \"%s\"}}".formatted(job, job) : "";
            byte[] body = "{\"kind\": \"%s\", \"metadata\": {\"resourceVersion\": \"%d\"}, \"items\": [%s]}"
                    .formatted(kind, version, items)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }
    }

    /** Of Jobs it says once, when the test asks for it, that its version is gone; otherwise it says nothing. */
    private void watched(HttpExchange exchange, String query, boolean jobs) throws IOException {
        String from = query.replaceAll(".*resourceVersion=(\\d+).*", "$1");
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        try {
            if (jobs) {
                watchedFrom.add(from);
            }
            if (jobs && from.equals("1") && goneIsTold.await(30, TimeUnit.SECONDS)) {
                exchange.getResponseBody().write(GONE.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
            // for longer than a test waits: no end of its own has it listed again
            closing.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(45);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(until);
            Thread.onSpinWait();
        }
    }
}
