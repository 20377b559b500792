package dev.artemis.ui;

import dev.artemis.access.LiveSessions;
import dev.artemis.access.SignedIn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps an eye on the session of everybody who is signed in, so that it can be ended from outside. */
final class SignedInPages extends OncePerRequestFilter {

    private final LiveSessions sessions;

    SignedInPages(LiveSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (session != null && authentication != null && authentication.getPrincipal() instanceof SignedIn person) {
            sessions.watch(session, person);
        }
        chain.doFilter(request, response);
    }
}
