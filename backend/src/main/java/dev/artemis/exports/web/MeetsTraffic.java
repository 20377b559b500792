package dev.artemis.exports.web;

import dev.artemis.exports.Traffic;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/** Tells exports of all that is asked of the API but of themselves. */
@Component
class MeetsTraffic extends OncePerRequestFilter {

    private final Traffic traffic;

    MeetsTraffic(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = UrlPathHelper.defaultInstance.getPathWithinApplication(request);
        return !path.startsWith("/api/") || path.contains("/reports");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        traffic.met();
        chain.doFilter(request, response);
    }
}
