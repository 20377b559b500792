package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.artemis.access.Membership;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.PageHead;
import jakarta.annotation.security.PermitAll;
import java.util.List;

/** The way in: on to the only or first team, or for who has all teams to them. */
@Route(value = "", layout = MainLayout.class)
@PermitAll
class HomeView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;

    HomeView(Viewer viewer) {
        this.viewer = viewer;
        addClassName("artemis-page");
        setId("content");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (viewer.isAdmin()) {
            event.forwardTo(Paths.ADMIN_TEAMS);
            return;
        }
        if (viewer.isPlatformFinance()) {
            event.forwardTo(Paths.ALL_COSTS);
            return;
        }
        List<Membership> teams = viewer.teams();
        if (!teams.isEmpty()) {
            event.forwardTo(Paths.dashboard(teams.getFirst().slug()));
            return;
        }
        removeAll();
        add(
                new PageHead(translate("home.title")),
                new EmptyState(VaadinIcon.USERS, translate("home.no-team"), translate("home.no-team-why")));
    }

    @Override
    public String getPageTitle() {
        return "Artemis";
    }
}
