package dev.artemis.ui.projects;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Where programs reach this server. */
@Component
class ReachedAt {

    private static final String THIS_MACHINE = "localhost";

    private final String configured;

    ReachedAt(Environment environment) {
        this.configured = environment.getRequiredProperty("artemis.pages.public-url");
    }

    /**
     * The public address that was configured, as in letters: a proxy in front knows what the request does not say. Where that is
     * nothing but this machine, as the browser reached it.
     */
    String address() {
        return isPublic(configured) ? configured.replaceAll("/+$", "") : asAsked();
    }

    static boolean isPublic(String address) {
        return !THIS_MACHINE.equals(URI.create(address).getHost());
    }

    private static String asAsked() {
        if (VaadinRequest.getCurrent() instanceof VaadinServletRequest request) {
            HttpServletRequest http = request.getHttpServletRequest();
            String full = http.getRequestURL().toString();
            return full.substring(0, full.length() - http.getRequestURI().length()) + http.getContextPath();
        }
        return "";
    }
}
