package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.PageHead;
import jakarta.servlet.http.HttpServletResponse;

/** What the address names does not exist, or belongs to others: the two are not told apart. */
@ParentLayout(MainLayout.class)
@AnonymousAllowed
class NotFoundView extends Main implements HasErrorParameter<NotFoundException>, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        addClassName("artemis-page");
        setId("content");
        removeAll();
        add(
                new PageHead(translate("error.not-found")),
                new EmptyState(
                        VaadinIcon.SEARCH,
                        translate("error.not-found-title"),
                        translate("error.not-found-why"),
                        new Link("", translate("error.home"))));
        return HttpServletResponse.SC_NOT_FOUND;
    }

    @Override
    public String getPageTitle() {
        return translate("error.not-found") + " · Artemis";
    }
}
