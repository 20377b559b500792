package dev.artemis.access.web;

import dev.artemis.access.KeyHolder;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Roles;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Acting;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.UrlPathHelper;

/**
 * Turns the holder of a key into the caller that a handler asks for, or refuses. What belongs to a team that the holder
 * has nothing to do with does not exist for it.
 */
@Component
class Callers {

    /** With which an administrator, or a person, says for which project a request acts: {@code tenant/project}. */
    static final String ACTING_FOR = "Artemis-Project";

    /** What tells of money that is spent, and what ends a run: a suspended team may still do that. */
    private static final Pattern TELLING =
            Pattern.compile("/api/v1/(calls(/batch)?|reservations/[^/]+(/settle)?|runs/[^/]+/cancellation)");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final Tenants tenants;
    private final Projects projects;

    Callers(Tenants tenants, Projects projects) {
        this.tenants = tenants;
        this.projects = projects;
    }

    /** Of the type that the handler's argument has. */
    Caller resolve(Class<?> wanted, KeyHolder holder, HttpServletRequest request) {
        if (wanted == Caller.ForProject.class) {
            return forProject(holder, request);
        }
        if (wanted == Caller.ForTenant.class) {
            return forTenant(holder, request);
        }
        Caller platform = forPlatform(holder);
        if (!wanted.isInstance(platform)) {
            refuseStranger(holder, request);
            throw missingScope("Only an administrator of the platform may do that.");
        }
        return platform;
    }

    private Caller.ForProject forProject(KeyHolder holder, HttpServletRequest request) {
        return switch (holder) {
            case KeyHolder.Program program -> {
                refuseIfSuspended(program.suspended(), request);
                yield new Caller.ForProject(
                        program.tenant(), program.project(), program.key(), null, program.scopes(), program.name());
            }
            case KeyHolder.Administrator admin -> {
                ActedFor acted = projectActedFor(request);
                refuseIfSuspended(acted.suspended(), request);
                Project project = acted.project();
                yield new Caller.ForProject(
                        project.tenant(), project.id(), null, null, EnumSet.allOf(Scope.class), admin.name());
            }
            case KeyHolder.Person person -> {
                ActedFor acted = projectActedFor(request);
                Project project = acted.project();
                Acting acting = Roles.in(person.roles().get(project.tenant()), person.platformRole())
                        .orElseThrow(() -> Problem.notFound("The project"));
                refuseIfSuspended(acted.suspended(), request);
                yield new Caller.ForProject(
                        project.tenant(),
                        project.id(),
                        null,
                        person.user(),
                        Roles.scopesOf(acting.role()),
                        person.name());
            }
        };
    }

    private Caller.ForTenant forTenant(KeyHolder holder, HttpServletRequest request) {
        if (holder instanceof KeyHolder.Program) {
            throw missingScope("A project's key may not administer.");
        }
        Slug slug = slug(pathVariable("tenant", request));
        Tenant tenant = tenants.find(slug).orElseThrow(() -> Problem.notFound("The team " + slug));
        return switch (holder) {
            case KeyHolder.Program program -> throw new IllegalStateException("refused above");
            case KeyHolder.Administrator admin -> new Caller.ForTenant(tenant.id(), null, Role.OWNER, admin.name());
            case KeyHolder.Person person -> {
                Acting acting = Roles.in(person.roles().get(tenant.id()), person.platformRole())
                        .orElseThrow(() -> Problem.notFound("The team " + slug));
                if (person.platformRole() != PlatformRole.ADMIN) {
                    refuseIfSuspended(tenant.suspended(), request);
                }
                yield new Caller.ForTenant(tenant.id(), person.user(), acting, person.name());
            }
        };
    }

    /** Whether a team exists is not told to people of other teams, also not by refusing them differently. */
    private void refuseStranger(KeyHolder holder, HttpServletRequest request) {
        if (holder instanceof KeyHolder.Person person && pathVariables(request).get("tenant") instanceof String slug) {
            boolean known = tenants.find(slug(slug))
                    .flatMap(tenant -> Roles.in(person.roles().get(tenant.id()), person.platformRole()))
                    .isPresent();
            if (!known) {
                throw Problem.notFound("The team " + slug);
            }
        }
    }

    private static @Nullable Caller forPlatform(KeyHolder holder) {
        return switch (holder) {
            case KeyHolder.Program program -> null;
            case KeyHolder.Administrator admin -> new Caller.Admin(null, admin.name());
            case KeyHolder.Person person ->
                switch (person.platformRole()) {
                    case ADMIN -> new Caller.Admin(person.user(), person.name());
                    case FINANCE -> new Caller.PlatformFinance(person.user(), person.name());
                    case null -> null;
                };
        };
    }

    /** Whom a key without a project of its own acts for. */
    private record ActedFor(Project project, boolean suspended) {}

    private ActedFor projectActedFor(HttpServletRequest request) {
        String header = request.getHeader(ACTING_FOR);
        int slash = header == null ? -1 : header.indexOf('/');
        if (header == null || slash < 0) {
            throw Problem.invalidRequest(
                    ACTING_FOR, "this key needs the header " + ACTING_FOR + ": {tenant}/{project}");
        }
        Slug tenantSlug = slug(header.substring(0, slash).strip());
        Slug projectSlug = slug(header.substring(slash + 1).strip());
        Tenant tenant = tenants.find(tenantSlug).orElseThrow(() -> Problem.notFound("The project"));
        Project project = projects.all(tenant.id()).stream()
                .filter(each -> each.slug().equals(projectSlug))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("The project"));
        return new ActedFor(project, tenant.suspended());
    }

    /** Calls and reservations are refused further down, where what was spent already is told from what is asked for. */
    private static void refuseIfSuspended(boolean suspended, HttpServletRequest request) {
        if (suspended
                && !READING.contains(request.getMethod())
                && !TELLING.matcher(UrlPathHelper.defaultInstance.getPathWithinApplication(request))
                        .matches()) {
            throw suspended();
        }
    }

    private static Problem suspended() {
        return Problem.of(403, "tenant-suspended", "The team is suspended: it may read, and nothing else.");
    }

    private static String pathVariable(String name, HttpServletRequest request) {
        if (pathVariables(request).get(name) instanceof String value) {
            return value;
        }
        throw new IllegalStateException("A handler takes Caller.ForTenant, but its path has no {" + name + "}");
    }

    private static Map<?, ?> pathVariables(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                ? variables
                : Map.of();
    }

    /** What cannot be a slug names nothing. */
    private static Slug slug(String text) {
        try {
            return new Slug(text);
        } catch (IllegalArgumentException e) {
            throw Problem.notFound("That");
        }
    }

    static Problem missingScope(String detail) {
        return Problem.of(403, "missing-scope", detail);
    }
}
