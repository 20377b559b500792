package dev.artemis.ui;

import com.vaadin.flow.server.ServiceInitEvent;
import com.vaadin.flow.server.VaadinServiceInitListener;
import com.vaadin.flow.server.communication.IndexHtmlResponse;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/**
 * What a page may load and run: our own files, and the few scripts in the page itself that carry this answer's number. No script that
 * somebody smuggles into a page runs, and no text becomes code by itself. Vaadin sets styles on elements, and so needs
 * unsafe-inline for styles.
 */
@Component
class ContentPolicy implements VaadinServiceInitListener {

    private static final long serialVersionUID = 1;

    /** For whatever is no page: a file, an answer to a script. */
    static final String WITHOUT_SCRIPTS_IN_PAGES = policy("");

    /**
     * Vaadin's client makes functions of text that comes over its own connection ({@code new Function}), for which it would need
     * unsafe-eval; and then whatever reaches eval would run too. This stands in for {@code Function}: the text becomes a script of the page
     * with the page's number. {@code eval}, timers of text and functions' constructors stay refused.
     */
    static final String FUNCTIONS_WITH_THE_NUMBER = """
        (() => {
          const number = document.currentScript.nonce;
          const real = window.Function;
          function Written(...parts) {
            const body = parts.length ? String(parts.pop()) : '';
            const script = document.createElement('script');
            script.nonce = number;
            script.textContent =
                'document.currentScript.made = function anonymous(' + parts.join(',') + '\\n) {\\n' + body + '\\n}';
            document.documentElement.append(script);
            script.remove();
            if (!script.made) {
              throw new SyntaxError('This is no function: ' + body);
            }
            return script.made;
          }
          Written.prototype = real.prototype;
          Object.setPrototypeOf(Written, real);
          window.Function = Written;
        })();
        """;

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
        return "default-src 'self'; script-src 'self'" + scripts
                + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self';"
                + " object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
    }
}
