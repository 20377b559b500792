package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunQuotaEdit;
import dev.artemis.runs.RunQuotas;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Map;

/** The projects of a team. */
@Route(value = "teams/:team/projects", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class ProjectsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Projects projects;
    private final transient RunQuotas quotas;
    private final transient CountedSoFar counted;

    ProjectsView(Viewer viewer, Projects projects, RunQuotas quotas, CountedSoFar counted) {
        super(viewer);
        this.counted = counted;
        this.quotas = quotas;
        this.viewer = viewer;
        this.projects = projects;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.projects"), scope);
        fill(scope);
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        List<Project> all = projects.all(scope.id());
        PageHead head = new PageHead(translate("nav.projects")).about(translate("projects.about"));
        add(head);
        if (scope.may(Role.OWNER)) {
            head.action(createButton(scope));
        }
        if (!all.isEmpty()) {
            add(new Panel(translate("projects.all"), table(scope, all)));
        } else if (scope.may(Role.OWNER)) {
            add(new Panel(
                    translate("dashboard.first"),
                    new EmptyState(
                            VaadinIcon.FOLDER_ADD,
                            translate("projects.none"),
                            translate("projects.none-why"),
                            createButton(scope))));
        } else {
            add(new Panel(
                    translate("projects.all"),
                    new EmptyState(VaadinIcon.FOLDER_O, translate("projects.none"), translate("projects.ask-owner"))));
        }
        add(counted.of(scope));
        QuotaPanel quota = QuotaPanel.ofTeam(quotas.of(scope.id()), scope.format());
        add(quota);
        if (scope.admin()) {
            quota.editable(edit -> {
                quotas.change(viewer.admin(), scope.id(), edit);
                Notices.done(translate("quota.saved"), () -> putBack(scope, edit));
                fill(scope);
            });
        }
    }

    /** What the edit touched is as it was before, unless somebody else changed it meanwhile. */
    private void putBack(TeamScope scope, RunQuotaEdit edit) {
        Problems.attempt(() -> {
            quotas.change(viewer.admin(), scope.id(), edit.undone());
            Notices.done(translate("quota.undone"));
        });
        fill(scope);
    }

    private static Grid<Project> table(TeamScope scope, List<Project> all) {
        var format = scope.format();
        var grid = new Table<Project>();
        grid.setAllRowsVisible(true);
        grid.addColumn(new ComponentRenderer<>(
                        project -> new Link(Paths.project(scope.slug(), project.slug()), project.name())))
                .setHeader(translate("name"))
                .setWidth("12rem")
                .setFlexGrow(2);
        grid.addColumn(project -> project.slug().value())
                .setHeader(translate("slug"))
                .setWidth("9rem");
        if (scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER)) {
            grid.addColumn(new ComponentRenderer<>(project -> runs(scope, project)))
                    .setHeader(translate("nav.runs"))
                    .setWidth("8rem");
        }
        grid.addColumn(project -> format.dateTime(project.createdAt()))
                .setHeader(translate("created-at"))
                .setWidth("12rem");
        grid.setItems(all);
        return grid;
    }

    private static Link runs(TeamScope scope, Project project) {
        var link = new Link(Paths.runs(scope.slug(), project.slug()), translate("projects.show-runs"));
        link.getElement().setAttribute("aria-label", translate("projects.show-runs-of", project.name()));
        return link;
    }

    private Button createButton(TeamScope scope) {
        var create = new Button(translate("projects.create"), VaadinIcon.PLUS.create(), click -> create(scope));
        create.addThemeVariants(ButtonVariant.PRIMARY);
        return create;
    }

    private void create(TeamScope scope) {
        var name = new TextField(translate("name"));
        var slug = new TextField(translate("slug"));
        slug.setHelperText(translate("slug-help"));
        Checks.suggestSlug(name, slug);
        new FormDialog(translate("projects.create"), translate("create"), () -> {
                    if (!(Checks.filled(name) & Checks.slug(slug))) {
                        return false;
                    }
                    return Problems.attempt(Map.of("name", name, "slug", slug), () -> {
                        Project made = projects.create(
                                viewer.acting(scope, Role.OWNER),
                                scope.id(),
                                new Slug(slug.getValue()),
                                name.getValue());
                        Notices.done(translate("projects.created", made.name()));
                        UI.getCurrent().navigate(Paths.project(scope.slug(), made.slug()));
                    });
                })
                .with(name, slug)
                .open();
    }
}
