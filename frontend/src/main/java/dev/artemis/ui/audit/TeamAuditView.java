package dev.artemis.ui.audit;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.audit.AuditLog;
import dev.artemis.audit.AuditQuery;
import dev.artemis.shared.Role;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.PageHead;
import jakarta.annotation.security.PermitAll;
import java.util.Map;

/** Who did what in a team, for its owners. */
@Route(value = "teams/:team/audit", layout = MainLayout.class)
@PermitAll
@TeamRoles(Role.OWNER)
class TeamAuditView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient AuditLog audit;

    TeamAuditView(Viewer viewer, AuditLog audit) {
        super(viewer);
        this.audit = audit;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.audit"), scope);
        add(
                new PageHead(translate("nav.audit")).about(translate("audit.team-about")),
                new AuditPanel(
                        audit,
                        Paths.audit(scope.slug()),
                        AuditQuery.everything().of(scope.id()),
                        event.getLocation().getQueryParameters(),
                        Map.of(scope.id(), scope.team().name()),
                        scope.format()));
    }
}
