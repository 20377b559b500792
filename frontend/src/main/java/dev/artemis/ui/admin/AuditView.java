package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.TenantId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.audit.AuditPanel;
import dev.artemis.ui.audit.SubjectNames;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.PageHead;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Collectors;

/** Who did what on the platform and in all teams, newest first. */
@Route(value = Paths.ADMIN_AUDIT, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class AuditView extends AdminPage {

    private static final long serialVersionUID = 1;

    private final transient AuditLog audit;
    private final transient SubjectNames names;
    private final transient Tenants tenants;
    private final transient Live live;

    AuditView(Viewer viewer, AuditLog audit, SubjectNames names, Tenants tenants, Live live) {
        super(viewer, translate("nav.audit"));
        this.audit = audit;
        this.names = names;
        this.tenants = tenants;
        this.live = live;
    }

    @Override
    void show(BeforeEnterEvent event) {
        Map<TenantId, String> teams = tenants.all().stream().collect(Collectors.toMap(Tenant::id, Tenant::name));
        var entries = new AuditPanel(
                audit,
                names,
                Paths.ADMIN_AUDIT,
                AuditQuery.everything(),
                event.getLocation().getQueryParameters(),
                teams,
                new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC")));
        live.watchPlatform(entries, entries::look, entries.shown(), entries::show);
        add(new PageHead(translate("nav.audit")).about(translate("audit.about")), entries);
    }
}
