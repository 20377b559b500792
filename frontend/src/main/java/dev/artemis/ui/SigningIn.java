package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.VaadinService;
import com.vaadin.flow.server.VaadinServletRequest;
import com.vaadin.flow.server.VaadinServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Lets somebody in from a page, and to the page that they asked for: under a new session id, so that nobody who knew the old one comes in
 * with them.
 */
final class SigningIn {

    private SigningIn() {}

    static void as(Authentication person) {
        VaadinServletRequest request = VaadinServletRequest.getCurrent();
        HttpServletResponse response = VaadinServletResponse.getCurrent().getHttpServletResponse();
        String page = AskedFor.takenFrom(request.getHttpServletRequest(), response);
        VaadinService.reinitializeSession(request);
        SecurityContext context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(person);
        SecurityContextHolder.setContext(context);
        new HttpSessionSecurityContextRepository().saveContext(context, request.getHttpServletRequest(), response);
        UI.getCurrent().getPage().setLocation(page);
    }
}
