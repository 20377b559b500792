package dev.artemis.web;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Takes from {@code X-Forwarded-For} and {@code X-Forwarded-Proto} who a visitor is and whether they came by TLS, if the
 * connection comes from a proxy that is named. Addresses are read from the nearest on: the first that is no proxy of ours is the
 * visitor, whatever stands before it; of how somebody came, the nearest proxy's word counts. From anybody else these headers say
 * nothing.
 */
final class BelieveProxies extends ValveBase {

    private static final int HTTPS = 443;

    private final Networks proxies;

    BelieveProxies(Networks proxies) {
        super(true);
        this.proxies = proxies;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (proxies.contain(request.getRemoteAddr())) {
            visitor(joined(request, "X-Forwarded-For")).ifPresent(address -> {
                request.setRemoteAddr(address);
                request.setRemoteHost(address);
            });
            if ("https"
                    .equalsIgnoreCase(
                            nearestFirst(joined(request, "X-Forwarded-Proto")).getFirst())) {
                request.setSecure(true);
                request.getCoyoteRequest().scheme().setString("https");
                request.setServerPort(HTTPS);
            }
        }
        getNext().invoke(request, response);
    }

    /** A proxy appends to the line that it finds, or adds a line of its own below: both mean the same. */
    private static String joined(Request request, String header) {
        return String.join(",", Collections.list(request.getHeaders(header)));
    }

    private static List<String> nearestFirst(String values) {
        return Arrays.stream(values.split(",", -1)).map(String::strip).toList().reversed();
    }

    Optional<String> visitor(String forwarded) {
        return nearestFirst(forwarded).stream()
                .filter(address -> !proxies.contain(address))
                .findFirst()
                .filter(Networks.parse("0.0.0.0/0,::/0")::contain);
    }
}
