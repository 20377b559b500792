package dev.artemis.ui;

import com.vaadin.flow.spring.SpringServlet;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.stereotype.Component;

/**
 * A page whose session is lost goes on asking for news. Atmosphere, Vaadin's push, would answer with a new session, whose cookie
 * throws out whoever signed in from the same browser meanwhile.
 */
@Component
class PushWithoutSession implements BeanPostProcessor {

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ServletRegistrationBean<?> registration
                && registration.getServlet() instanceof SpringServlet) {
            registration.addInitParameter("org.atmosphere.cpr.sessionCreate", "false");
        }
        return bean;
    }
}
