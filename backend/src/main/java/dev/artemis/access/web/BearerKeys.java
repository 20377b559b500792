package dev.artemis.access.web;

import dev.artemis.access.AuthenticateKey;
import dev.artemis.access.KeyHolder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Reads {@code Authorization: Bearer <key>}. A bad key leaves the request without anybody behind it. */
final class BearerKeys extends OncePerRequestFilter {

    private static final String SCHEME = "Bearer ";

    private final AuthenticateKey authenticate;

    BearerKeys(AuthenticateKey authenticate) {
        this.authenticate = authenticate;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        shown(request).flatMap(authenticate::holderOf).ifPresent(BearerKeys::signIn);
        chain.doFilter(request, response);
    }

    /** What a request shows as its key. */
    static Optional<String> shown(HttpServletRequest request) {
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    /** Asynchronous answers (events, streamed reports) come back through the chain and need their caller again. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    private static void signIn(KeyHolder holder) {
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(new HeldKey(holder));
        SecurityContextHolder.setContext(context);
    }
}
