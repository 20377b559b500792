package dev.artemis.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.AccessDeniedException;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.RouteParameters;
import dev.artemis.notices.Watching;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Slug;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page inside a team. Before anything is shown, the team of the path is looked up anew and the viewer's role there is
 * held against the page's {@link TeamRoles}. What belongs to a team of others does not exist.
 */
public abstract class TeamPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private String title = "Artemis";
    private transient @Nullable TeamScope opened;
    private transient @Nullable Watching watching;

    protected TeamPage(Viewer viewer) {
        this.viewer = viewer;
        addClassName("artemis-page");
        setId("content");
    }

    /** Fills the page, which is empty. */
    protected abstract void show(TeamScope scope, BeforeEnterEvent event);

    /**
     * Called in place of {@link #show} when the page is open already and only its query is another: changes what was found and leaves the
     * filters, in which somebody may be typing. False has the page filled anew.
     */
    protected boolean narrow(TeamScope scope, BeforeEnterEvent event) {
        return false;
    }

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        Optional<TeamScope> scope = slug(event.getRouteParameters(), "team").flatMap(viewer::in);
        if (scope.isEmpty()) {
            event.rerouteToError(NotFoundException.class);
            return;
        }
        TeamRoles roles = getClass().getAnnotation(TeamRoles.class);
        if (roles == null || !scope.get().may(roles.value())) {
            event.rerouteToError(AccessDeniedException.class);
            return;
        }
        boolean isOpen = isAttached() && scope.get().equals(opened);
        opened = scope.get();
        if (isAttached()) {
            watch(event.getUI(), scope.get());
        }
        try {
            if (!isOpen || !narrow(scope.get(), event)) {
                removeAll();
                show(scope.get(), event);
            }
        } catch (Problem problem) {
            if (problem.status() == 404) {
                event.rerouteToError(NotFoundException.class);
                return;
            }
            throw problem;
        }
    }

    /**
     * Called, with the session's lock, when somebody changed the team's settings, whoever it was. The page may fill itself
     * anew; it does nothing unless it overrides this.
     *
     * @param scope the viewer as they are now
     */
    protected void settingsChanged(TeamScope scope) {}

    /** Who is removed from the team, or gets another role, sees it at once and not with the next click. */
    @Override
    protected void onAttach(AttachEvent event) {
        TeamScope shown = opened;
        if (shown != null) {
            watch(event.getUI(), shown);
        }
    }

    /** Vaadin keeps a page that is shown when its path changes to another team's: it is not attached anew. */
    private void watch(UI ui, TeamScope shown) {
        unwatch();
        watching = viewer.onSettings(shown, now -> told(ui, shown, now));
    }

    @Override
    protected void onDetach(DetachEvent event) {
        unwatch();
    }

    private void unwatch() {
        if (watching != null) {
            watching.close();
            watching = null;
        }
    }

    private void told(UI ui, TeamScope before, Optional<TeamScope> now) {
        try {
            var _ = ui.access(() -> show(ui, before, now));
        } catch (UIDetachedException gone) {
            // nobody looks any more
        }
    }

    private void show(UI ui, TeamScope before, Optional<TeamScope> now) {
        if (!isAttached() || !before.equals(opened)) {
            return;
        }
        if (now.isPresent() && now.get().acting().equals(before.acting())) {
            settingsChanged(now.get());
        } else {
            ui.refreshCurrentRoute(true);
        }
    }

    /** The browser's title, before the team's name. */
    protected final void title(String page, TeamScope scope) {
        this.title = page + " · " + scope.team().name() + " · Artemis";
    }

    @Override
    public String getPageTitle() {
        return title;
    }

    /** A slug of the path; empty where what stands there cannot be one. */
    protected static Optional<Slug> slug(RouteParameters parameters, String name) {
        return parameters.get(name).flatMap(TeamPage::slug);
    }

    /** A slug, if the text can be one. */
    protected static Optional<Slug> slug(String text) {
        try {
            return Optional.of(new Slug(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
