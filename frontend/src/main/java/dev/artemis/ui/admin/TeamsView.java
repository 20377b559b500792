package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** All teams of the platform: made here, entered from here. */
@Route(value = Paths.ADMIN_TEAMS, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class TeamsView extends AdminPage {

    private static final long serialVersionUID = 1;

    private final transient Tenants tenants;

    TeamsView(Viewer viewer, Tenants tenants) {
        super(viewer, translate("nav.teams"));
        this.tenants = tenants;
    }

    @Override
    void show(BeforeEnterEvent event) {
        var create = new Button(translate("teams.create"), VaadinIcon.PLUS.create(), click -> create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        List<Tenant> all = tenants.all();
        add(new PageHead(translate("nav.teams")).about(translate("teams.about")).action(create));
        if (all.isEmpty()) {
            add(new Panel(
                    translate("dashboard.first"),
                    new EmptyState(
                            VaadinIcon.USERS,
                            translate("teams.none"),
                            translate("teams.none-why"),
                            new Button(translate("teams.create"), click -> create()))));
        } else {
            add(new Panel(translate("teams.all"), table(all)));
        }
    }

    private static Grid<Tenant> table(List<Tenant> all) {
        var grid = new Grid<Tenant>();
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(true);
        grid.addColumn(new ComponentRenderer<>(team -> new Link(Paths.dashboard(team.slug()), team.name())))
                .setHeader(translate("name"))
                .setWidth("12rem")
                .setFlexGrow(2);
        grid.addColumn(team -> team.slug().value()).setHeader(translate("slug")).setWidth("9rem");
        grid.addColumn(team -> team.timeZone().getId())
                .setHeader(translate("teams.zone"))
                .setWidth("10rem");
        grid.addColumn(new ComponentRenderer<>(team -> team.suspended()
                        ? new Badge(translate("teams.suspended"), Tone.WARN)
                        : new Badge(translate("teams.active"), Tone.GOOD)))
                .setHeader(translate("run.status"))
                .setWidth("8rem");
        grid.addColumn(team -> new Format(UI.getCurrent().getLocale(), team.timeZone()).dateTime(team.createdAt()))
                .setHeader(translate("created-at"))
                .setWidth("12rem");
        grid.setItems(all);
        return grid;
    }

    private void create() {
        var name = new TextField(translate("name"));
        var slug = new TextField(translate("slug"));
        slug.setHelperText(translate("slug-help"));
        Checks.suggestSlug(name, slug);
        var zone = new ComboBox<String>(translate("teams.zone"));
        zone.setItems(ZoneId.getAvailableZoneIds().stream().sorted().toList());
        zone.setHelperText(translate("teams.zone-help"));
        zone.setValue("Etc/UTC");
        zone.setAllowCustomValue(false);
        new FormDialog(translate("teams.create"), translate("create"), () -> {
                    if (!(Checks.filled(name) & Checks.slug(slug)) || zone.getValue() == null) {
                        return false;
                    }
                    return Problems.attempt(Map.of("name", name, "slug", slug, "time_zone", zone), () -> {
                        Tenant made = tenants.create(
                                admin(), new Slug(slug.getValue()), name.getValue(), ZoneId.of(zone.getValue()));
                        Notices.done(translate("teams.created", made.name()));
                        UI.getCurrent().navigate(Paths.dashboard(made.slug()));
                    });
                })
                .with(name, slug, zone)
                .open();
    }
}
