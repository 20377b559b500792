package dev.artemis.ui;

import dev.artemis.access.LiveSessions;
import dev.artemis.access.PeoplesTongues;
import dev.artemis.access.SignedIn;
import dev.artemis.mail.Tongue;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps an eye on the session of everybody who is signed in, so that it can be ended from outside: from the very request on that
 * lets them in, whichever way. A session that began unseen would outlive the password that began it.
 */
final class SignedInPages extends OncePerRequestFilter {

    private final LiveSessions sessions;
    private final PeoplesTongues tongues;
    private final SecurityContextHolderStrategy holder;

    SignedInPages(LiveSessions sessions, PeoplesTongues tongues, SecurityContextHolderStrategy holder) {
        this.sessions = sessions;
        this.tongues = tongues;
        this.holder = holder;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        watch(request);
        try {
            chain.doFilter(request, response);
        } finally {
            watch(request);
        }
    }

    private void watch(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        var authentication = holder.getContext().getAuthentication();
        if (session != null
                && authentication != null
                && authentication.getPrincipal() instanceof SignedIn person
                && sessions.watch(session, person)) {
            tongues.cameInWith(person, Tongue.of(Languages.chosen(request).orElseGet(request::getLocale)));
        }
    }
}
