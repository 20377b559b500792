package dev.artemis.ui;

import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import dev.artemis.shared.*;

@Component
public class Viewer {
    private final Tenants tenants;
    Viewer(Tenants tenants) { this.tenants = tenants; }
    public String name() { return "admin@localhost"; }
    public boolean isAdmin() { return true; }
    public boolean isPlatformFinance() { return false; }
    public List<Tenant> teams() { return tenants.all(); }
    public Optional<TeamScope> in(Slug team) {
        return tenants.find(team).map(it -> new TeamScope(it, Role.OWNER, true, UserId.random(), name()));
    }
    public Caller.Admin admin() { return new Caller.Admin(null, name()); }
}
