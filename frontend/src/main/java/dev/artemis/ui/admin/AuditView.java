package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import dev.artemis.audit.AuditEntry;
import dev.artemis.audit.AuditLog;
import dev.artemis.shared.Page;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who did what, newest first. */
@Route(value = Paths.ADMIN_AUDIT, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class AuditView extends AdminPage {

    private static final long serialVersionUID = 1;

    private final transient AuditLog audit;
    private final transient Tenants tenants;

    AuditView(Viewer viewer, AuditLog audit, Tenants tenants) {
        super(viewer, translate("nav.audit"));
        this.audit = audit;
        this.tenants = tenants;
    }

    @Override
    void show(BeforeEnterEvent event) {
        String cursor = event.getLocation()
                .getQueryParameters()
                .getSingleParameter("after")
                .orElse(null);
        Page<AuditEntry> page = audit.all(null, cursor);
        add(new PageHead(translate("nav.audit")).about(translate("audit.about")));
        if (page.items().isEmpty()) {
            add(new Panel(
                    translate("nav.audit"),
                    new EmptyState(VaadinIcon.LIST, translate("audit.none"), translate("audit.none-why"))));
            return;
        }
        var panel = new Panel(translate("audit.entries"), table(page));
        add(panel);
        if (page.next() != null) {
            add(new Button(
                    translate("audit.older"),
                    click -> UI.getCurrent().navigate(Paths.ADMIN_AUDIT, QueryParameters.of("after", page.next()))));
        }
    }

    private Grid<AuditEntry> table(Page<AuditEntry> page) {
        Map<TenantId, String> teams = tenants.all().stream().collect(Collectors.toMap(Tenant::id, Tenant::name));
        var format = new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC"));
        var grid = new Grid<AuditEntry>();
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setAllRowsVisible(true);
        grid.addColumn(entry -> format.precise(entry.at()))
                .setHeader(translate("audit.at"))
                .setWidth("17rem")
                .setFlexGrow(0);
        grid.addColumn(AuditEntry::actor).setHeader(translate("audit.actor")).setWidth("12rem");
        grid.addColumn(AuditEntry::action).setHeader(translate("audit.action")).setWidth("10rem");
        grid.addColumn(entry -> team(entry.tenant(), teams))
                .setHeader(translate("nav.team"))
                .setWidth("8rem");
        grid.addColumn(AuditEntry::subject)
                .setHeader(translate("audit.subject"))
                .setWidth("14rem");
        grid.setItemDetailsRenderer(new ComponentRenderer<>(AuditView::change));
        grid.setItems(page.items());
        return grid;
    }

    private static String team(@Nullable TenantId tenant, Map<TenantId, String> teams) {
        return tenant == null ? translate("nav.platform") : teams.getOrDefault(tenant, tenant.toString());
    }

    private static Div change(AuditEntry entry) {
        var change = new Div(translate(
                "audit.change",
                entry.before() == null ? "–" : entry.before(),
                entry.after() == null ? "–" : entry.after(),
                entry.address() == null ? "–" : entry.address()));
        change.addClassNames("artemis-mono", "artemis-small");
        change.getStyle().set("padding", "0 1.25rem 0.75rem").set("overflow-wrap", "anywhere");
        return change;
    }
}
