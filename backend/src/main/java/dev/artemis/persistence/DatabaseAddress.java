package dev.artemis.persistence;

import dev.artemis.db.Database;
import dev.artemis.db.DatabaseLogin;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A database named by a connection URI of PostgreSQL's own form:
 * {@code postgresql://user:password@host:port/database?parameters}. The user is the schema's owner, who may create roles.
 */
record DatabaseAddress(DatabaseLogin owner) {

    private static final String FORM =
            "ARTEMIS_DATABASE_URL must look like postgresql://user:password@host:5432/artemis";

    /**
     * Reads the URI; a leading {@code jdbc:} is forgiven.
     *
     * @throws IllegalArgumentException a part is missing; the message never repeats the password
     */
    static DatabaseAddress parse(String text) {
        URI uri = uri(text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text);
        String login = uri.getRawUserInfo();
        if (uri.getHost() == null
                || login == null
                || !login.contains(":")
                || uri.getPath() == null
                || uri.getPath().length() < 2
                || !uri.getScheme().matches("postgres(ql)?")) {
            throw new IllegalArgumentException(FORM);
        }
        int colon = login.indexOf(':');
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String url = "jdbc:postgresql://" + uri.getHost() + ":" + (uri.getPort() < 0 ? 5432 : uri.getPort())
                + uri.getPath() + query;
        return new DatabaseAddress(
                new DatabaseLogin(url, decoded(login.substring(0, colon)), decoded(login.substring(colon + 1))));
    }

    Database database() {
        return Database.ownedBy(owner);
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(FORM + " (" + e.getReason() + ")");
        }
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
