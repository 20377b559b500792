package dev.artemis.access.web;

import dev.artemis.shared.Problem;
import dev.artemis.web.ProblemWriter;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * So many requests a second for each good key, and so many for each address that comes without one: whoever guesses keys is
 * slowed down, and one mad program does not starve the others. A second's worth may come at once. Kept in memory: each
 * instance counts for itself.
 */
final class RateLimits extends OncePerRequestFilter {

    private static final int MAX_REMEMBERED = 100_000;
    private static final int V6_NETWORK_GROUPS = 4;
    private static final long NANOS = Duration.ofSeconds(1).toNanos();

    private final ApiSettings settings;
    private final ProblemWriter problems;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    RateLimits(ApiSettings settings, ProblemWriter problems) {
        this.settings = settings;
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
        ConsumptionProbe probe = bucket(request).tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
            return;
        }
        long seconds = Math.max(1, (probe.getNanosToWaitForRefill() + NANOS - 1) / NANOS);
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        problems.write(
                Problem.of(429, "too-many-requests", "Too many requests in a second; wait a little.")
                        .with(Map.of("retry_after_seconds", seconds)),
                response);
    }

    private Bucket bucket(HttpServletRequest request) {
        if (buckets.size() >= MAX_REMEMBERED) {
            buckets.clear();
        }
        return SecurityContextHolder.getContext().getAuthentication() instanceof HeldKey key
                ? buckets.computeIfAbsent(
                        key.holder().key().toString(), each -> allowing(settings.requestsPerSecondByKey()))
                : buckets.computeIfAbsent(
                        network(request.getRemoteAddr()), each -> allowing(settings.requestsPerSecondByAddress()));
    }

    private static Bucket allowing(int perSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** Of version 6, the network: whoever has one address there has them all. */
    static String network(String address) {
        return address.indexOf(':') < 0
                ? address
                : String.join(
                        ":",
                        Arrays.stream(address.split(":", -1))
                                .limit(V6_NETWORK_GROUPS)
                                .toList());
    }
}
