package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.TenantExport;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.TeamDataLink;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;

/** All teams of the platform: made, entered, changed, suspended and deleted from here. Follows what others change. */
@Route(value = Paths.ADMIN_TEAMS, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class TeamsView extends AdminPage {

    private static final long serialVersionUID = 1;
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final transient Tenants tenants;
    private final transient TenantExport export;
    private final transient TeamDialogs dialogs;
    private final transient Live live;

    TeamsView(Viewer viewer, Tenants tenants, TenantExport export, Live live, Clock clock) {
        super(viewer, translate("nav.teams"));
        this.tenants = tenants;
        this.export = export;
        this.dialogs = new TeamDialogs(tenants, this::admin, clock);
        this.live = live;
    }

    @Override
    void show(BeforeEnterEvent event) {
        var create = new Button(translate("teams.create"), VaadinIcon.PLUS.create(), click -> dialogs.create());
        create.addThemeVariants(ButtonVariant.PRIMARY);
        List<Tenant> all = tenants.all();
        var list = new Div();
        fill(list, all);
        live.watchPlatform(list, tenants::all, all, now -> fill(list, now));
        add(new PageHead(translate("nav.teams")).about(translate("teams.about")).action(create), list);
    }

    private void fill(Div list, List<Tenant> all) {
        list.removeAll();
        list.add(
                all.isEmpty()
                        ? new Panel(
                                translate("dashboard.first"),
                                new EmptyState(
                                        VaadinIcon.USERS,
                                        translate("teams.none"),
                                        translate("teams.none-why"),
                                        new Button(translate("teams.create"), click -> dialogs.create())))
                        : new Panel(translate("teams.all"), table(list, all)));
    }

    private Grid<Tenant> table(Div list, List<Tenant> all) {
        Runnable again = () -> fill(list, tenants.all());
        var grid = new Table<Tenant>();
        grid.setAllRowsVisible(true);
        grid.addColumn(new ComponentRenderer<>(TeamsView::name))
                .setHeader(translate("name"))
                .setWidth("10rem")
                .setFlexGrow(2);
        grid.addColumn(team -> team.timeZone().getId())
                .setHeader(translate("teams.zone"))
                .setWidth("10rem");
        grid.addColumn(new ComponentRenderer<>(this::state))
                .setHeader(translate("run.status"))
                .setWidth("8.5rem");
        grid.addColumn(new ComponentRenderer<>(TeamsView::created))
                .setHeader(translate("created-at"))
                .setWidth("11.25rem");
        grid.addColumn(new ComponentRenderer<>(team -> actions(team, again)))
                .setHeader(translate("actions"))
                .setWidth("20rem")
                .setFlexGrow(0);
        grid.setItems(all);
        return grid;
    }

    private static Component name(Tenant team) {
        var slug = new Div(team.slug().value());
        slug.addClassNames("artemis-quiet", "artemis-small");
        return new Div(new Link(Paths.dashboard(team.slug()), team.name()), slug);
    }

    /** All in one zone, in which they stand in their order; each team's own is that of its pages. */
    private static Component created(Tenant team) {
        var utc = new Format(UI.getCurrent().getLocale(), UTC);
        var zone = new Div(UTC.getId());
        zone.addClassNames("artemis-quiet", "artemis-small");
        return new Div(new Text(utc.dateTime(team.createdAt())), zone);
    }

    private Component state(Tenant team) {
        if (team.deletionRequestedAt() != null) {
            String day = format(team)
                    .date(team.deletionRequestedAt()
                            .plus(tenants.deletionGrace())
                            .atZone(team.timeZone())
                            .toLocalDate());
            return new Badge(translate("teams.deleted-on", day), Tone.BAD);
        }
        return team.suspended()
                ? new Badge(translate("teams.suspended"), Tone.WARN)
                : new Badge(translate("teams.active"), Tone.GOOD);
    }

    private Component actions(Tenant team, Runnable again) {
        var actions = new Div(action("teams.edit", team, () -> dialogs.edit(team, again)));
        actions.addClassName("artemis-actions");
        if (team.suspended()) {
            actions.add(action("teams.restore", team, () -> dialogs.restore(team, again)));
        } else {
            actions.add(action("teams.suspend", team, () -> dialogs.suspend(team, again)));
        }
        if (team.deletionRequestedAt() == null) {
            Button delete = action("teams.delete", team, () -> dialogs.delete(team, again));
            delete.addThemeVariants(ButtonVariant.ERROR);
            actions.add(delete);
        }
        var data = new TeamDataLink(export, team.id(), team.slug(), translate("teams.export"), this::admin);
        data.getElement().setAttribute("aria-label", translate("teams.export-of", team.name()));
        actions.add(data);
        return actions;
    }

    private static Button action(String key, Tenant team, Runnable action) {
        var button = new Button(translate(key), click -> action.run());
        button.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        button.setAriaLabel(translate(key + "-of", team.name()));
        return button;
    }

    private static Format format(Tenant team) {
        return new Format(UI.getCurrent().getLocale(), team.timeZone());
    }
}
