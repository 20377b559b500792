package dev.artemis.access.web;

import dev.artemis.access.AuthenticateKey;
import dev.artemis.shared.Problem;
import dev.artemis.web.ProblemWriter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;

/** The stateless chain of programs: everything under {@code /api} and {@code /actuator}. */
@Configuration(proxyBeanMethods = false)
class ApiSecurity {

    private static final String CONTENT_POLICY = "Content-Security-Policy";
    private static final String FOR_DATA = "default-src 'none'; frame-ancestors 'none'";
    private static final String FOR_THE_DOCUMENTATION =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                    + " frame-ancestors 'none'";
    private static final String NO_GOOD_KEY =
            "Send a good key: Authorization: Bearer <key>. It is missing, unknown, expired or revoked.";
    private static final String MISTYPED =
            "This key is mistyped: its checksum does not fit. Copy it whole, from where it was shown.";
    private static final String CHALLENGE = "Bearer realm=\"artemis\"";

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE + 10)
    SecurityFilterChain api(
            HttpSecurity http, AuthenticateKey authenticate, Allowances allowances, ProblemWriter problems) {
        return http.securityMatcher("/api", "/api/**", "/actuator", "/actuator/**", "/error")
                .csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerKeys(authenticate), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new GuessLimits(authenticate, allowances, problems), BearerKeys.class)
                .addFilterAfter(new RateLimits(allowances, problems), BearerKeys.class)
                .headers(headers -> headers.addHeaderWriter(ApiSecurity::contentPolicy)
                        .referrerPolicy(
                                referrer -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.NO_REFERRER)))
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC)
                        .permitAll()
                        .requestMatchers("/error", "/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/api/openapi.json", "/api/openapi.json/**", "/api/docs", "/api/swagger-ui/**")
                        .permitAll()
                        .requestMatchers("/actuator", "/actuator/**")
                        .hasAuthority(HeldKey.PLATFORM_ADMIN)
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(refusals -> refusals.authenticationEntryPoint((request, response, e) -> {
                            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
                            boolean mistyped = BearerKeys.shown(request)
                                    .filter(authenticate::isMistyped)
                                    .isPresent();
                            problems.write(
                                    Problem.of(401, "unauthenticated", mistyped ? MISTYPED : NO_GOOD_KEY), response);
                        })
                        .accessDeniedHandler((request, response, e) -> problems.write(
                                Problem.of(403, "missing-scope", "This key may not do that."), response)))
                .build();
    }

    /**
     * An answer is data and runs nothing. The page of the description shows itself, and nothing from elsewhere. What a program
     * printed has a stricter policy of its own, which stays.
     */
    private static void contentPolicy(HttpServletRequest request, HttpServletResponse response) {
        if (response.containsHeader(CONTENT_POLICY)) {
            return;
        }
        String path = request.getServletPath();
        boolean page = path.startsWith("/api/docs") || path.startsWith("/api/swagger-ui");
        response.setHeader(CONTENT_POLICY, page ? FOR_THE_DOCUMENTATION : FOR_DATA);
    }
}
