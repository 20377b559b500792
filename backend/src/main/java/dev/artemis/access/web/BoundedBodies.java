package dev.artemis.access.web;

import dev.artemis.shared.Problem;
import dev.artemis.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/**
 * Refuses bodies that are too large with 413, also where the caller did not say how large they are. Runs after the
 * key was checked: a stranger's body is not read.
 */
@Component
@Order(0)
class BoundedBodies extends OncePerRequestFilter {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final ApiSettings settings;
    private final ProblemWriter problems;

    BoundedBodies(ApiSettings settings, ProblemWriter problems) {
        this.settings = settings;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !UrlPathHelper.defaultInstance.getPathWithinApplication(request).startsWith("/api/")
                || !WITH_BODY.contains(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        DataSize most = settings.maxBody();
        if (request.getContentLengthLong() > most.toBytes()) {
            refuse(most, response);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(Math.toIntExact(most.toBytes() + 1));
        if (body.length > most.toBytes()) {
            refuse(most, response);
            return;
        }
        chain.doFilter(new KeptBody(request, body), response);
    }

    private void refuse(DataSize most, HttpServletResponse response) throws IOException {
        problems.write(
                Problem.of(413, "body-too-large", "The body may have at most " + most.toBytes() + " bytes."), response);
    }
}
