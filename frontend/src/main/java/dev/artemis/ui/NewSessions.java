package dev.artemis.ui;

import dev.artemis.access.VisitorNetwork;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * So many new sessions for each address: each takes memory until it is idle for long enough, and whoever asks for page after page
 * without keeping the cookie would take all there is. A request that brings its session, or needs none, counts nothing.
 */
final class NewSessions extends OncePerRequestFilter {

    /** A whole company may come in at once from one address. */
    static final int AT_ONCE = 1_000;

    /** And go on coming. */
    private static final int PER_MINUTE = 120;

    private static final int MAX_REMEMBERED = 100_000;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final Texts texts;
    private final Map<String, Bucket> addresses = new ConcurrentHashMap<>();

    NewSessions(Texts texts) {
        this.texts = texts;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getSession(false) != null) {
            chain.doFilter(request, response);
            return;
        }
        Bucket bucket = bucket(request.getRemoteAddr());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            refuse(probe, request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            if (request.getSession(false) == null) {
                bucket.addTokens(1);
            }
        }
    }

    private Bucket bucket(String address) {
        if (addresses.size() >= MAX_REMEMBERED) {
            addresses.clear();
        }
        return addresses.computeIfAbsent(
                VisitorNetwork.of(address),
                each -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(PER_MINUTE, Duration.ofMinutes(1)))
                        .build());
    }

    private void refuse(ConsumptionProbe probe, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Locale language = Languages.chosen(request).orElseGet(request::getLocale);
        String title = texts.getTranslation("sessions.too-many", language);
        String why = texts.getTranslation("sessions.too-many-why", language);
        response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, (probe.getNanosToWaitForRefill() + NANOS - 1) / NANOS)));
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.getWriter().write("""
            <!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title></head>\
            <body><h1>%s</h1><p>%s</p></body></html>\
            """.formatted(Texts.languageOf(language), title, title, why));
    }
}
