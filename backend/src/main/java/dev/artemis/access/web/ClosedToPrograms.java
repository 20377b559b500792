package dev.artemis.access.web;

import dev.artemis.configuration.ServerRole;
import dev.artemis.shared.Problem;
import dev.artemis.web.ProblemWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.UrlPathHelper;

/** A server that has not the role "api" answers no program but those that ask how it does. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ClosedToPrograms extends OncePerRequestFilter {

    private final boolean open;
    private final ProblemWriter problems;

    ClosedToPrograms(Environment environment, ProblemWriter problems) {
        this.open = ServerRole.of(environment).contains(ServerRole.API);
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return open
                || !UrlPathHelper.defaultInstance
                        .getPathWithinApplication(request)
                        .startsWith("/api");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        problems.write(
                Problem.of(404, "not-found", "This server does not answer programs: it has not the role api."),
                response);
    }
}
