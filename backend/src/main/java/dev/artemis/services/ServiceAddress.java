package dev.artemis.services;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is.
 *
 * @param user null where none is named
 */
record ServiceAddress(
        String scheme,
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        URI uri) {

    /** Reads {@code scheme://user:password@host:port}; empty where it is none. */
    static Optional<ServiceAddress> parse(String text) {
        try {
            URI uri = new URI(text.strip());
            if (uri.getScheme() == null || uri.getHost() == null) {
                return Optional.empty();
            }
            String login = uri.getRawUserInfo();
            int colon = login == null ? -1 : login.indexOf(':');
            return Optional.of(new ServiceAddress(
                    uri.getScheme().toLowerCase(Locale.ROOT),
                    uri.getHost(),
                    uri.getPort(),
                    login == null ? null : decoded(colon < 0 ? login : login.substring(0, colon)),
                    login == null || colon < 0 ? null : decoded(login.substring(colon + 1)),
                    uri));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    int portOr(int usual) {
        return port < 0 ? usual : port;
    }

    /** Without the login. */
    @Override
    public String toString() {
        return scheme + "://" + host + (port < 0 ? "" : ":" + port);
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
