package dev.artemis.ui;

import com.vaadin.flow.component.UI;
import dev.artemis.access.Roles;
import dev.artemis.shared.Acting;
import dev.artemis.shared.Caller;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.TenantId;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.ui.format.Format;
import java.util.Set;

/**
 * The viewer in one team.
 *
 * @param acting what they may do there; an administrator of the platform has every role
 * @param admin whether they are an administrator of the platform
 */
public record TeamScope(Tenant team, Acting acting, boolean admin, UserId user, String name) {

    public TenantId id() {
        return team.id();
    }

    public Slug slug() {
        return team.slug();
    }

    /** Whether one of these roles is the viewer's. */
    public boolean may(Role... roles) {
        return admin || Set.of(roles).contains(acting.role());
    }

    /** Whether one of these roles is the viewer's, and they do not only look. */
    public boolean mayChange(Role... roles) {
        return admin || (acting.changes() && may(roles));
    }

    public Caller.ForTenant caller() {
        return new Caller.ForTenant(team.id(), user, acting, name);
    }

    /** Acts for a project with what the role allows. */
    public Caller.ForProject caller(ProjectId project) {
        return new Caller.ForProject(team.id(), project, null, user, Roles.scopesOf(acting.role()), name);
    }

    /** How the viewer reads numbers and times, in the team's zone. */
    public Format format() {
        return new Format(UI.getCurrent().getLocale(), team.timeZone());
    }
}
