package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
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

/** A page could not be made, by a fault of ours. */
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class FailedView extends Main implements HasErrorParameter<Exception>, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        String incident = Incidents.record(parameter.getException());
        addClassName("artemis-page");
        setId("content");
        removeAll();
        add(
                new PageHead(translate("error.failed")),
                new EmptyState(
                        VaadinIcon.WARNING,
                        translate("error.failed-title"),
                        translate("error.incident", incident),
                        new Link("", translate("error.home"))));
        return HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
    }

    @Override
    public String getPageTitle() {
        return translate("error.failed") + " · Artemis";
    }
}
