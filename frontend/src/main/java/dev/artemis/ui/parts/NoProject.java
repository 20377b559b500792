package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.icon.VaadinIcon;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;

/** A team without a project: who may make one is told to, others whom to ask. */
public final class NoProject {

    private NoProject() {}

    /** What stands in place of what a project would have. */
    public static EmptyState in(TeamScope scope) {
        return scope.mayChange(Role.OWNER)
                ? new EmptyState(
                        VaadinIcon.FOLDER_ADD,
                        translate("dashboard.no-project"),
                        translate("dashboard.no-project-why"),
                        new Link(Paths.projects(scope.slug()), translate("dashboard.to-projects")))
                : new EmptyState(VaadinIcon.FOLDER_O, translate("projects.none"), translate("projects.ask-owner"));
    }
}
