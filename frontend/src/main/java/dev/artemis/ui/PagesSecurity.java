package dev.artemis.ui;

import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.artemis.access.LiveSessions;
import dev.artemis.access.PeoplesTongues;
import dev.artemis.access.SecondFactorNeeded;
import dev.artemis.access.SignInSteps;
import dev.artemis.access.SignedIn;
import dev.artemis.access.SingleSignOn;
import dev.artemis.configuration.ServerRole;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer.AuthorizedUrl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;

/**
 * The chain of the pages, after that of programs: sessions, a form to sign in, protection against forged requests. What
 * a page's annotations do not allow, nobody sees. A process without the role ui shows no page at all.
 */
@Configuration(proxyBeanMethods = false)
class PagesSecurity {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain pages(
            HttpSecurity http,
            Environment environment,
            LiveSessions sessions,
            PeoplesTongues tongues,
            SignInSteps steps,
            SingleSignOn directory,
            SecurityContextHolderStrategy holder,
            VaadinDefaultRequestCache asked,
            Texts texts) {
        if (!ServerRole.of(environment).contains(ServerRole.UI)) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .build();
        }
        asked.setDelegateRequestCache(withoutMark());
        http.authorizeHttpRequests(requests -> requests.requestMatchers("/styles.css", "/icons/**", "/aura/**")
                        .permitAll())
                .sessionManagement(management -> management.sessionFixation(fixation -> fixation.changeSessionId()))
                .headers(headers -> headers.contentSecurityPolicy(
                                policy -> policy.policyDirectives(ContentPolicy.WITHOUT_SCRIPTS_IN_PAGES))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .withObjectPostProcessor(new BeforeThePage()))
                .addFilterAfter(new SignedInPages(sessions, tongues, holder), SecurityContextHolderFilter.class)
                .addFilterAfter(new NewSessions(texts), HeaderWriterFilter.class)
                .logout(logout -> logout.addLogoutHandler((request, response, authentication) -> {
                    if (authentication != null && authentication.getPrincipal() instanceof SignedIn person) {
                        steps.left(person);
                    }
                }))
                .with(
                        VaadinSecurityConfigurer.vaadin(),
                        // each page asks who may; an address that is no page's leads to the page that says so
                        pages -> pages.loginView(SignInView.class, "/sign-in?signed-out")
                                .anyRequest(AuthorizedUrl::authenticated))
                .formLogin(form ->
                        form.loginProcessingUrl("/" + Paths.SIGN_IN_FORM).failureHandler(new HalfWay()))
                .exceptionHandling(refusals -> refusals.defaultAccessDeniedHandlerFor(
                                (request, response, e) -> send(request, response, Paths.SIGN_IN + "?stale"),
                                PathPatternRequestMatcher.withDefaults().matcher("/" + Paths.SIGN_IN_FORM))
                        // with one alone, that one would answer every refusal
                        .defaultAccessDeniedHandlerFor(new AccessDeniedHandlerImpl(), AnyRequestMatcher.INSTANCE));
        if (directory.button().isPresent()) {
            http.oauth2Login(login -> login.clientRegistrationRepository(directory.directories())
                    .loginPage("/" + Paths.SIGN_IN)
                    .successHandler(new FromTheDirectory(directory, holder))
                    .failureHandler((request, response, e) -> send(request, response, Paths.SIGN_IN + "?directory"))
                    .withObjectPostProcessor(new ToTheDirectory()));
        }
        return http.build();
    }

    /** Whoever signs in comes to the address that they asked for, as they asked for it. */
    @SuppressWarnings("NullAway") // null is how Spring Security's reference has it; the setter does not say so
    private static HttpSessionRequestCache withoutMark() {
        HttpSessionRequestCache cache = new HttpSessionRequestCache();
        cache.setMatchingRequestParameterName(null);
        return cache;
    }

    /** Vaadin's first page is on its way before headers are usually written. */
    private static final class BeforeThePage implements ObjectPostProcessor<HeaderWriterFilter> {

        @Override
        public <O extends HeaderWriterFilter> O postProcess(O filter) {
            filter.setShouldWriteHeadersEagerly(true);
            return filter;
        }
    }

    /** A right password that is not enough leads to the page that asks for a code; anything else back to the door. */
    private static final class HalfWay implements AuthenticationFailureHandler {

        @Override
        public void onAuthenticationFailure(
                HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
                throws IOException {
            if (e instanceof SecondFactorNeeded needed) {
                request.getSession().setAttribute(CodeView.PENDING, needed.pending());
                send(request, response, Paths.SIGN_IN_CODE);
            } else {
                send(request, response, Paths.SIGN_IN + (e instanceof LockedException ? "?wait" : "?error"));
            }
        }
    }

    /** Whoever cannot be sent to the directory, since it does not answer, stays at the door. */
    private static final class ToTheDirectory implements ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter> {

        @Override
        public <O extends OAuth2AuthorizationRequestRedirectFilter> O postProcess(O filter) {
            filter.setAuthenticationFailureHandler(
                    (request, response, e) -> send(request, response, Paths.SIGN_IN + "?directory-down"));
            return filter;
        }
    }

    /** Whom the directory proved becomes one of our people and comes to the page that they asked for, or stays outside. */
    private record FromTheDirectory(SingleSignOn directory, SecurityContextHolderStrategy holder)
            implements AuthenticationSuccessHandler {

        @Override
        public void onAuthenticationSuccess(
                HttpServletRequest request, HttpServletResponse response, Authentication proven) throws IOException {
            var person = proven.getPrincipal() instanceof OidcUser user
                    ? directory.signIn(user)
                    : java.util.Optional.<Authentication>empty();
            SecurityContext context = holder.createEmptyContext();
            person.ifPresent(context::setAuthentication);
            holder.setContext(context);
            new HttpSessionSecurityContextRepository().saveContext(context, request, response);
            if (person.isPresent()) {
                response.sendRedirect(AskedFor.takenFrom(request, response));
            } else {
                send(request, response, Paths.SIGN_IN + "?directory");
            }
        }
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, String page) throws IOException {
        response.sendRedirect(request.getContextPath() + "/" + page);
    }
}
