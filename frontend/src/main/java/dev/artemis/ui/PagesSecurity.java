package dev.artemis.ui;

import com.vaadin.flow.spring.security.VaadinSecurityConfigurer;
import dev.artemis.configuration.ServerRole;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * The chain of the pages, after that of programs: sessions, a form to sign in, protection against forged requests. What
 * a page's annotations do not allow, nobody sees. A process without the role ui shows no page at all.
 */
@Configuration(proxyBeanMethods = false)
class PagesSecurity {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE - 10)
    SecurityFilterChain pages(HttpSecurity http, Environment environment) {
        if (!ServerRole.of(environment).contains(ServerRole.UI)) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().denyAll())
                    .build();
        }
        return http.authorizeHttpRequests(requests -> requests.requestMatchers("/styles.css", "/icons/**", "/aura/**")
                        .permitAll())
                .sessionManagement(sessions -> sessions.sessionFixation(fixation -> fixation.changeSessionId()))
                .with(
                        VaadinSecurityConfigurer.vaadin(),
                        pages -> pages.loginView(SignInView.class, "/sign-in?signed-out"))
                .build();
    }
}
