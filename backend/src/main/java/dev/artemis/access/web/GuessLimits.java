package dev.artemis.access.web;

import dev.artemis.access.AuthenticateKey;
import dev.artemis.web.ProblemWriter;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** Counts whoever shows a key that we are not familiar with as a stranger, before the database is asked about it. */
final class GuessLimits extends OncePerRequestFilter {

    private static final String COUNTED = GuessLimits.class.getName() + ".counted";

    private final AuthenticateKey authenticate;
    private final Allowances allowances;
    private final ProblemWriter problems;

    GuessLimits(AuthenticateKey authenticate, Allowances allowances, ProblemWriter problems) {
        this.authenticate = authenticate;
        this.allowances = allowances;
        this.problems = problems;
    }

    /** Whether a request was taken for a stranger's. */
    static boolean wasCounted(HttpServletRequest request) {
        return request.getAttribute(COUNTED) != null;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean stranger = BearerKeys.shown(request)
                .filter(key -> !authenticate.isFamiliar(key))
                .isPresent();
        if (stranger) {
            ConsumptionProbe probe = allowances.take(request.getRemoteAddr());
            if (!probe.isConsumed()) {
                RateLimits.refuse(probe, problems, response);
                return;
            }
            request.setAttribute(COUNTED, true);
        }
        chain.doFilter(request, response);
    }
}
