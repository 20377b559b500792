package dev.artemis.e2e.bench;

import dev.artemis.e2e.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person's browser as far as the server sees it: a session, pages opened in it, and the socket that brings them up to date.
 * It asks what a browser asks and draws nothing, so that two hundred of them fit into this process.
 */
final class Visitor implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*content=\"([^\"]+)\"");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final URI server;
    private final HttpClient http;
    private final AtomicInteger pushed = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final CountDownLatch first = new CountDownLatch(1);
    private @Nullable Shown page;
    private @Nullable WebSocket socket;

    private Visitor(URI server, HttpClient http) {
        this.server = server;
        this.http = http;
    }

    private record Shown(int ui, String token) {

        String address() {
            return "/?v-r=uidl&v-uiId=" + ui;
        }
    }

    /** Signs in. The client is shared: each visitor has cookies of its own. */
    static Visitor signedIn(Instance instance, String email, String password) {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        var visitor = new Visitor(instance.url(), http);
        Matcher token = TOKEN.matcher(visitor.get("/sign-in"));
        if (!token.find()) {
            throw new IllegalStateException("the door has no token");
        }
        String form =
                "_csrf=" + encoded(token.group(1)) + "&username=" + encoded(email) + "&password=" + encoded(password);
        HttpResponse<String> answer = visitor.send(visitor.request("/sign-in/form")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
        if (answer.statusCode() != 302
                || answer.headers().firstValue("Location").orElse("error").contains("error")) {
            throw new IllegalStateException("could not sign in: " + answer.statusCode());
        }
        return visitor;
    }

    /**
     * Opens a page in the tab, as a link does that leaves the page before: the browser tells that it goes.
     *
     * @param path such as {@code teams/busy?by=model}
     * @return how long the server took for all that the page is made of, as this client saw it
     */
    Duration open(String path) {
        String[] parts = path.split("\\?", 2);
        String query = parts.length == 2 ? parts[1] : "";
        leave();
        long start = System.nanoTime();
        get("/" + path);
        JsonNode begun = JSON.readTree(get("/?v-r=init&location=" + encoded(parts[0]) + "&query=" + encoded(query)))
                .get("appConfig");
        var shown = new Shown(
                begun.get("v-uiId").asInt(),
                begun.get("uidl").get("Vaadin-Security-Key").asString());
        String uidl = post(shown.address(), """
            {"csrfToken": "%s", "rpc": [{"type": "event", "node": 1, "event": "ui-navigate", "data": {"route": "%s",
             "query": "%s", "appShellTitle": "Artemis", "historyState": null, "trigger": ""}}], "syncId": 0, "clientId": 0}\
            """.formatted(shown.token(), parts[0], query));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (!uidl.contains("\"changes\"") || uidl.contains("artemis-incident")) {
            throw new IllegalStateException("no page came for " + path + ": " + uidl);
        }
        page = shown;
        listen(shown.ui(), begun.get("uidl").get("Vaadin-Push-ID").asString());
        return took;
    }

    /** The browser says so first, and then closes the socket. */
    private void leave() {
        if (page != null) {
            post(page.address(), """
                {"csrfToken": "%s", "rpc": [], "UNLOAD": true, "syncId": 1, "clientId": 1}\
                """.formatted(page.token()));
        }
        close();
    }

    /** Messages that the server sent by itself since the page was opened. */
    int pushed() {
        return pushed.get();
    }

    /** Whether a message comes within that time, or has come since the page was opened. */
    boolean awaitPush(Duration atMost) throws InterruptedException {
        return first.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the socket broke. */
    boolean isBroken() {
        return broken.get() > 0;
    }

    private void listen(int ui, String push) {
        URI address =
                URI.create("ws://" + server.getAuthority() + "/VAADIN/push?v-r=push&v-uiId=" + ui + "&v-pushId=" + push
                        + "&X-Atmosphere-tracking-id=0&X-Atmosphere-Framework=4.0.1&X-Atmosphere-Transport=websocket"
                        + "&X-Atmosphere-TrackMessageSize=true&X-atmo-protocol=true&X-Vaadin-LastSeenServerSyncId=0");
        var greeted = new CountDownLatch(1);
        socket = http.newWebSocketBuilder()
                .buildAsync(address, new Listener(greeted))
                .join();
        try {
            if (!greeted.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("the socket was opened and stayed silent");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private final class Listener implements WebSocket.Listener {

        /** Nobody leaves a page before its socket was greeted. */
        private final CountDownLatch greeted;

        Listener(CountDownLatch greeted) {
            this.greeted = greeted;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            greeted.countDown();
            if (last && data.length() > 60) { // shorter ones say hello or keep alive
                pushed.incrementAndGet();
                first.countDown();
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            broken.incrementAndGet();
        }
    }

    private String get(String path) {
        return send(request(path).GET()).body();
    }

    private String post(String path, String json) {
        return send(request(path)
                        .header("Content-Type", "application/json; charset=UTF-8")
                        .POST(HttpRequest.BodyPublishers.ofString(json)))
                .body();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new IllegalStateException(answer.uri() + " -> " + answer.statusCode());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (socket != null) {
            var _ = socket.sendClose(WebSocket.NORMAL_CLOSURE, ""); // fails where the server was first
        }
    }
}
