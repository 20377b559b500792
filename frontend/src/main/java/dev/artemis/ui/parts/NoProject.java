package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.artemis.shared.Role;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;

/** A team without a project: who may make one is told to, others whom to ask. */
public final class NoProject {

    private NoProject() {}

    /** What stands in place of what a project would have. */
    public static EmptyState in(TeamScope scope) {
        return in(scope, "projects.first-why");
    }

    /** @param why key of the words on what a project has to do with that page */
    public static EmptyState in(TeamScope scope, String why) {
        return scope.mayChange(Role.OWNER)
                ? new EmptyState(
                        VaadinIcon.FOLDER_ADD, translate("dashboard.no-project"), translate(why), toProjects(scope))
                : new EmptyState(VaadinIcon.FOLDER_O, translate("projects.none"), translate("projects.ask-owner"));
    }

    private static Button toProjects(TeamScope scope) {
        var go = new Button(
                translate("dashboard.to-projects"), click -> UI.getCurrent().navigate(Paths.projects(scope.slug())));
        go.addThemeVariants(ButtonVariant.PRIMARY);
        return go;
    }
}
