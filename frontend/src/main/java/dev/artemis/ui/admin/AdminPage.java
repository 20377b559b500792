package dev.artemis.ui.admin;

import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import dev.artemis.shared.Caller;
import dev.artemis.ui.Viewer;

/** A page of the platform's administrators. Its annotation keeps others out; who acts is asked again all the same. */
abstract class AdminPage extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final String title;

    AdminPage(Viewer viewer, String title) {
        this.viewer = viewer;
        this.title = title;
        addClassName("artemis-page");
        setId("content");
    }

    /** Fills the page, which is empty. */
    abstract void show(BeforeEnterEvent event);

    /**
     * Called in place of {@link #show} when the page is open already and only its query is another: changes what was found and leaves the
     * filters, in which somebody may be typing. False has the page filled anew.
     */
    boolean narrow(BeforeEnterEvent event) {
        return false;
    }

    /** As whom changes are made. */
    final Caller.Admin admin() {
        return viewer.admin();
    }

    @Override
    public final void beforeEnter(BeforeEnterEvent event) {
        viewer.admin();
        if (!isAttached() || !narrow(event)) {
            removeAll();
            show(event);
        }
    }

    @Override
    public final String getPageTitle() {
        return title + " · Artemis";
    }
}
