package dev.artemis.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * What a page may load and run: our own files, and the few scripts in the page itself that carry this answer's number. Vaadin's
 * client makes functions from text that comes over its own connection, and so needs unsafe-eval; it sets styles on elements, and
 * so needs unsafe-inline for styles. No script that somebody smuggles into a page runs.
 */
@Component
class ContentPolicy implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1;

    /** For whatever is no page: a file, an answer to a script. */
    static final String WITHOUT_SCRIPTS_IN_PAGES = policy("");

    private static final int NUMBER_BYTES = 16;
    private static final SecureRandom random = new SecureRandom();

    @Override
    public void serviceInit(ServiceInitEvent event) {
        event.addIndexHtmlRequestListener(ContentPolicy::number);
    }

    private static void number(IndexHtmlResponse page) {
        byte[] bytes = new byte[NUMBER_BYTES];
        random.nextBytes(bytes);
        String number = Base64.getEncoder().encodeToString(bytes);
        page.getDocument().select("script").forEach(script -> script.attr("nonce", number));
        page.getVaadinResponse().setHeader("Content-Security-Policy", policy(" 'nonce-" + number + "'"));
    }

    private static String policy(String scripts) {
        return "default-src 'self'; script-src 'self' 'unsafe-eval'" + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self';"
                + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
