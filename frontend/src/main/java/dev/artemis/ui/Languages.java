package dev.artemis.ui;

import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which language a person chose; kept in this browser for a year. Without a choice the browser's own counts. */
final class Languages {

    private static final String COOKIE = "artemis.language";

    private Languages() {}

    static void remember(Locale language) {
        VaadinResponse response = VaadinResponse.getCurrent();
        if (response != null) {
            var cookie = new Cookie(COOKIE, language.getLanguage());
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Lax");
            cookie.setMaxAge((int) Duration.ofDays(365).toSeconds());
            response.addCookie(cookie);
        }
    }

    static Optional<Locale> chosen() {
        VaadinRequest request = VaadinRequest.getCurrent();
        return chosen(request == null ? null : request.getCookies());
    }

    static Optional<Locale> chosen(HttpServletRequest request) {
        return chosen(request.getCookies());
    }

    private static Optional<Locale> chosen(Cookie @Nullable [] cookies) {
        return cookies == null
                ? Optional.empty()
                : Arrays.stream(cookies)
                        .filter(cookie -> cookie.getName().equals(COOKIE))
                        .map(cookie -> cookie.getValue().equals("de") ? Locale.GERMAN : Locale.ENGLISH)
                        .findFirst();
    }
}
