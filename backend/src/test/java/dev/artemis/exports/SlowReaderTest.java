package dev.artemis.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.artemis.OnDatabase;
import dev.artemis.db.Database;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A real server, and somebody who asks for a large file and reads nothing of it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "artemis.admin.key=" + OnDatabase.ADMIN_KEY,
            "artemis.admin.password=" + OnDatabase.ADMIN_PASSWORD,
            "artemis.secrets.master-key=" + OnDatabase.MASTER_KEY,
            "artemis.roles=api",
            "server.tomcat.connection-timeout=2s"
        })
@Import(OnDatabase.FreshDatabase.class)
@Tag("slow")
class SlowReaderTest {

    /** As FOCUS some 20 MB: more than what is on its way between two sockets. */
    private static final int LINES = 20_000;

    private static final String MONTH = "from=2026-10-01&to=2026-11-01";

    @LocalServerPort
    private int port;

    private final Tenants tenants;
    private final Projects projects;
    private final Database database;
    private final JdbcClient jdbc;

    SlowReaderTest(
            @Autowired Tenants tenants,
            @Autowired Projects projects,
            @Autowired Database database,
            @Autowired JdbcClient jdbc) {
        this.tenants = tenants;
        this.projects = projects;
        this.database = database;
        this.jdbc = jdbc;
    }

    @Test
    void whoReadsNothingGivesTheirPlaceToWhoeverWaits() throws Exception {
        Tenant team = tenants.create(new Slug("slow-" + UUID.randomUUID()), "Slow", ZoneOffset.UTC);
        projects.create(team.id(), new Slug("shop"), "Shop");
        ManyLines.of(team, LINES, database);
        String path = "/api/v1/admin/tenants/" + team.slug() + "/reports/";
        try (var client = HttpClient.newHttpClient();
                Socket idle = new Socket()) {
            idle.setReceiveBufferSize(4_096);
            idle.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            idle.setSoTimeout(30_000);
            ask(idle, path + "costs?format=focus&" + MONTH);
            assertThat(firstLine(idle.getInputStream())).contains(" 200");

            List<Integer> connections = connections();
            String file = get(client, path + "costs?format=csv&" + MONTH);

            assertThat(file.lines()).hasSize(LINES + 1);
            assertThat(get(client, path + "exports"))
                    .containsOnlyOnce("\"state\":\"failed\"")
                    .containsOnlyOnce("\"state\":\"done\"");
            assertThat(connections()).as("none was lost with it").containsAll(connections);
        }
    }

    private List<Integer> connections() {
        return jdbc.sql(
                        "select pid from pg_stat_activity where datname = current_database() and usename = current_user")
                .query(Integer.class)
                .list();
    }

    private void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write("GET %s HTTP/1.1\r\nHost: localhost:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(path, port, OnDatabase.ADMIN_KEY)
                        .getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstLine(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int one = in.read(); one >= 0 && one != '\n'; one = in.read()) {
            line.append((char) one);
        }
        return line.toString();
    }

    private String get(HttpClient client, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + OnDatabase.ADMIN_KEY)
                .timeout(Duration.ofSeconds(60))
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}
