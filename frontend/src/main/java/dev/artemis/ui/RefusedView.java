package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.PageHead;
import jakarta.servlet.http.HttpServletResponse;

/** The page exists, but not for this role. */
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class RefusedView extends Main implements HasErrorParameter<AccessDeniedException>, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<AccessDeniedException> parameter) {
        addClassName("artemis-page");
        setId("content");
        removeAll();
        add(
                new PageHead(translate("error.refused")),
                new EmptyState(
                        VaadinIcon.LOCK,
                        translate("error.refused-title"),
                        translate("error.refused-why"),
                        new Link("", translate("error.home"))));
        return HttpServletResponse.SC_FORBIDDEN;
    }

    @Override
    public String getPageTitle() {
        return translate("error.refused") + " · Artemis";
    }
}
