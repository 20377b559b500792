package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.notices.Topic;
import dev.artemis.shared.Role;
import dev.artemis.tenants.TenantExport;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.TeamDataLink;
import jakarta.annotation.security.PermitAll;
import java.util.Map;
import java.util.Set;

/** Who did what in a team, for its owners, who may also take all of its data away. */
@Route(value = "teams/:team/audit", layout = MainLayout.class)
@PermitAll
@TeamRoles(Role.OWNER)
class TeamAuditView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient AuditLog audit;
    private final transient SubjectNames names;
    private final transient TenantExport export;
    private final transient Live live;

    TeamAuditView(Viewer viewer, AuditLog audit, SubjectNames names, TenantExport export, Live live) {
        super(viewer);
        this.viewer = viewer;
        this.audit = audit;
        this.names = names;
        this.export = export;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.audit"), scope);
        var entries = new AuditPanel(
                audit,
                names,
                Paths.audit(scope.slug()),
                AuditQuery.everything().of(scope.id()),
                event.getLocation().getQueryParameters(),
                Map.of(scope.id(), scope.team().name()),
                scope.format());
        live.watch(entries, scope.id(), Set.of(Topic.SETTINGS), entries::look, entries.shown(), entries::show);
        add(
                new PageHead(translate("nav.audit"))
                        .about(translate("audit.team-about"))
                        .action(new TeamDataLink(
                                export,
                                scope.id(),
                                scope.slug(),
                                translate("teams.export-own"),
                                () -> viewer.acting(scope, Role.OWNER))),
                entries);
    }
}
