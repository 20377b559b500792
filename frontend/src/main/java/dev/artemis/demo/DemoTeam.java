package dev.artemis.demo;

import dev.artemis.access.ApiKeys;
import dev.artemis.access.Members;
import dev.artemis.access.NewApiKey;
import dev.artemis.access.Users;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.KeyId;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Makes a team with its people, projects and keys. */
@Component
class DemoTeam {

    /** A project with the key that its programs use. */
    record ProjectWithKey(Project project, KeyId key) {

        Caller.ForProject program() {
            Set<Scope> everything = EnumSet.allOf(Scope.class);
            return new Caller.ForProject(project.tenant(), project.id(), key, null, everything, "key " + key);
        }
    }

    private final Tenants tenants;
    private final Projects projects;
    private final Users users;
    private final Members members;
    private final ApiKeys keys;

    DemoTeam(Tenants tenants, Projects projects, Users users, Members members, ApiKeys keys) {
        this.tenants = tenants;
        this.projects = projects;
        this.users = users;
        this.members = members;
        this.keys = keys;
    }

    boolean isPlatformEmpty() {
        return tenants.all().isEmpty();
    }

    Tenant team(String slug, String name, ZoneId zone) {
        return tenants.create(new Slug(slug), name, zone);
    }

    /** People by the roles that are named, each signing in as role@team.example. */
    void people(Caller by, Tenant team, String password, Role... roles) {
        for (Role role : roles) {
            UserId person = users.addOrFind(by, email(team, role));
            users.setPassword(by, person, password);
            members.put(by, team.id(), person, role);
        }
    }

    static String email(Tenant team, Role role) {
        return role.name().toLowerCase(java.util.Locale.ROOT) + "@" + team.slug() + ".example";
    }

    List<ProjectWithKey> projects(Caller by, Tenant team, Map<String, String> names) {
        return names.entrySet().stream()
                .map(name -> projects.create(team.id(), new Slug(name.getKey()), name.getValue()))
                .map(project -> new ProjectWithKey(
                        project,
                        keys.create(
                                        by,
                                        team.id(),
                                        project.id(),
                                        new NewApiKey("build server", EnumSet.allOf(Scope.class)))
                                .key()
                                .id()))
                .toList();
    }
}
