package dev.artemis.services;

import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupCheck;
import dev.artemis.outbound.Answer;
import dev.artemis.outbound.OutboundHttp;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.springframework.core.env.Environment;

/**
 * A database for retrieval, {@code artemis.rag.*}: PostgreSQL must have the extension vector, Qdrant must say its name, Chroma
 * must answer its heartbeat.
 */
class RagDatabaseCheck implements StartupCheck {

    private static final String SUBJECT = "RAG database";
    private static final String REMEDY = "Start it, or mend ARTEMIS_RAG_URL; leave it empty where there is none.";
    private static final int POSTGRESQL = 5432;
    private static final int OK = 200;

    private final Environment environment;

    RagDatabaseCheck(Environment environment) {
        this.environment = environment;
    }

    @Override
    public List<Finding> findings() {
        String kind = environment.getProperty("artemis.rag.kind", "").strip();
        String url = environment.getProperty("artemis.rag.url", "").strip();
        if (kind.isEmpty() && url.isEmpty()) {
            return List.of(Finding.pass(SUBJECT, "none is named"));
        }
        Optional<ServiceAddress> address = ServiceAddress.parse(url);
        if (address.isEmpty()) {
            return List.of(Finding.fail(
                    SUBJECT, "ARTEMIS_RAG_URL is no address", "Set it to postgresql://… (pgvector) or http://…"));
        }
        ServiceAddress at = address.get();
        boolean http = at.scheme().equals("http") || at.scheme().equals("https");
        return List.of(
                switch (kind) {
                    case "pgvector" ->
                        at.scheme().startsWith("postgres")
                                ? pgvector(at)
                                : Finding.fail(SUBJECT, at + " is no PostgreSQL", "Set it to postgresql://…");
                    case "qdrant", "chroma" ->
                        !http
                                ? Finding.fail(SUBJECT, at + " is no address of " + kind, "Set it to http://…")
                                : kind.equals("qdrant") ? qdrant(at) : chroma(at);
                    default ->
                        Finding.fail(
                                SUBJECT,
                                kind.isEmpty() ? "an address, but no kind" : "\"" + kind + "\" is none that is known",
                                "Set ARTEMIS_RAG_KIND to pgvector, qdrant or chroma.");
                });
    }

    private Finding qdrant(ServiceAddress at) {
        String key = environment.getProperty("artemis.rag.key", "");
        Map<String, String> headers = key.isEmpty() ? Map.of() : Map.of("api-key", key);
        return switch (get(at, "/", Map.of())) {
            case Answer.Answered root
            when root.status() == OK && root.body().contains("qdrant") ->
                switch (get(at, "/collections", headers)) {
                    case Answer.Answered answered
                    when answered.status() == OK -> Finding.pass(SUBJECT, at + " is Qdrant, and lets us in");
                    case Answer.Answered answered ->
                        Finding.fail(
                                SUBJECT,
                                at + " is Qdrant, but does not let us in (HTTP " + answered.status() + ")",
                                "Set ARTEMIS_RAG_KEY.");
                    case Answer.Nobody nobody -> Finding.fail(SUBJECT, at + ": " + nobody.why(), REMEDY);
                };
            case Answer.Answered other -> Finding.fail(SUBJECT, at + " is no Qdrant", REMEDY);
            case Answer.Nobody nobody -> Finding.fail(SUBJECT, at + ": " + nobody.why(), REMEDY);
        };
    }

    private static Finding chroma(ServiceAddress at) {
        return switch (get(at, "/api/v2/heartbeat", Map.of())) {
            case Answer.Answered beat
            when beat.status() == OK && beat.body().contains("nanosecond heartbeat") ->
                Finding.pass(SUBJECT, at + " is Chroma");
            case Answer.Answered other -> Finding.fail(SUBJECT, at + " is no Chroma of version 1 or later", REMEDY);
            case Answer.Nobody nobody -> Finding.fail(SUBJECT, at + ": " + nobody.why(), REMEDY);
        };
    }

    private static Answer get(ServiceAddress at, String path, Map<String, String> headers) {
        OutboundHttp http = new OutboundHttp(Duration.ofMillis(Wire.PATIENCE), OutboundHttp.Reach.ANYWHERE);
        return http.get(URI.create(at.toString()).resolve(path), headers);
    }

    private static Finding pgvector(ServiceAddress at) {
        Properties login = new Properties();
        login.setProperty("user", at.user() == null ? "" : at.user());
        login.setProperty("password", at.password() == null ? "" : at.password());
        for (String patience : List.of("connectTimeout", "socketTimeout", "loginTimeout")) {
            login.setProperty(
                    patience, Long.toString(Duration.ofMillis(Wire.PATIENCE).toSeconds()));
        }
        String url = "jdbc:postgresql://" + at.host() + ":" + at.portOr(POSTGRESQL)
                + at.uri().getRawPath();
        try (var connection = DriverManager.getConnection(url, login);
                var statement = connection.createStatement();
                var row = statement.executeQuery("select extversion from pg_extension where extname = 'vector'")) {
            return row.next()
                    ? Finding.pass(SUBJECT, at + " has pgvector " + row.getString(1))
                    : Finding.fail(
                            SUBJECT, at + " has not the extension vector", "Run there: create extension vector.");
        } catch (SQLException e) {
            return Finding.fail(SUBJECT, at + " does not answer (SQL state " + e.getSQLState() + ")", REMEDY);
        }
    }
}
