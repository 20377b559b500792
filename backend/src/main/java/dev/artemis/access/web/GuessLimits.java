package dev.artemis.access.web;

import dev.artemis.access.AuthenticateKey;
import dev.artemis.access.VisitorNetwork;
import dev.artemis.web.ProblemWriter;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts whoever shows a key that we are not familiar with as a stranger, before the database is asked about it. The same key from
 * the same address, while the first request with it is answered, is one guess: a busy program is not refused because we have just
 * started. Should the key be bad after all, each of them is counted then.
 */
final class GuessLimits extends OncePerRequestFilter {

    private static final String COUNTED = GuessLimits.class.getName() + ".counted";

    private final AuthenticateKey authenticate;
    private final Allowances allowances;
    private final ProblemWriter problems;
    private final Set<Guess> asked = ConcurrentHashMap.newKeySet();

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
        Optional<Guess> guess = BearerKeys.shown(request)
                .filter(key -> !authenticate.isFamiliar(key))
                .map(key -> new Guess(VisitorNetwork.of(request.getRemoteAddr()), key))
                .filter(asked::add);
        if (guess.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        try {
            ConsumptionProbe probe = allowances.take(request.getRemoteAddr());
            if (!probe.isConsumed()) {
                asked.remove(guess.get());
                RateLimits.refuse(probe, problems, response);
                return;
            }
            request.setAttribute(COUNTED, true);
            chain.doFilter(request, response);
        } finally {
            asked.remove(guess.get());
        }
    }

    private record Guess(String network, String key) {

        @Override
        public String toString() {
            return "Guess[" + network + "]";
        }
    }
}
