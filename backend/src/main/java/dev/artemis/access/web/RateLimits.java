package dev.artemis.access.web;

import dev.artemis.shared.Problem;
import dev.artemis.web.ProblemWriter;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * So many requests a second for each good key, and so many for each address that comes without one: whoever guesses keys is
 * slowed down, and one mad program does not starve the others. A second's worth may come at once.
 */
final class RateLimits extends OncePerRequestFilter {

    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final Allowances allowances;
    private final ProblemWriter problems;

    RateLimits(Allowances allowances, ProblemWriter problems) {
        this.allowances = allowances;
        this.problems = problems;
    }

    /** Whoever asks whether the server lives is never told to wait. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return UrlPathHelper.defaultInstance.getPathWithinApplication(request).startsWith("/actuator/health");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean counted = GuessLimits.wasCounted(request);
        if (SecurityContextHolder.getContext().getAuthentication() instanceof HeldKey key) {
            if (counted) {
                allowances.giveBack(request.getRemoteAddr());
            }
            ConsumptionProbe probe = allowances.take(key.holder().key());
            if (!probe.isConsumed()) {
                refuse(probe, problems, response);
                return;
            }
        } else if (!counted) {
            ConsumptionProbe probe = allowances.take(request.getRemoteAddr());
            if (!probe.isConsumed()) {
                refuse(probe, problems, response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    static void refuse(ConsumptionProbe probe, ProblemWriter problems, HttpServletResponse response)
            throws IOException {
        long seconds = Math.max(1, (probe.getNanosToWaitForRefill() + NANOS - 1) / NANOS);
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(
                Problem.of(429, "too-many-requests", "Too many requests in a second; wait a little.")
                        .with(Map.of("retry_after_seconds", seconds)),
                response);
    }
}
