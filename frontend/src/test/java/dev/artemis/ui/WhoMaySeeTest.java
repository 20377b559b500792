package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.SignedIn;
import dev.artemis.access.Users;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.context.TestConstructor;

/** Walks every page that there is, whoever added it, as everybody that there is. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WhoMaySeeTest extends SpringBrowserlessTest {

    private static final Caller TEST = new Caller.Platform("test");
    private static final String REFUSED = "Not for this role";
    private static final String MISSING = "Not found";
    private static final AtomicInteger count = new AtomicInteger();

    private final Tenants tenants;
    private final Projects projects;
    private final Users users;
    private final Members members;

    WhoMaySeeTest(Tenants tenants, Projects projects, Users users, Members members) {
        this.tenants = tenants;
        this.projects = projects;
        this.users = users;
        this.members = members;
    }

    @AfterEach
    void signOut() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void everyPageSaysWhoMaySeeIt() {
        assertThat(pages()).hasSizeGreaterThan(15);
        for (RouteData page : pages()) {
            Class<?> view = page.getNavigationTarget();
            assertThat(Stream.of(AnonymousAllowed.class, PermitAll.class, RolesAllowed.class)
                            .filter(view::isAnnotationPresent))
                    .as(page.getTemplate())
                    .hasSize(1);
            assertThat(view.isAnnotationPresent(TeamRoles.class))
                    .as("%s names roles exactly where it is in a team", page.getTemplate())
                    .isEqualTo(page.getTemplate().contains(":team"));
        }
    }

    @Test
    void whoDidNotSignInSeesTheDoorAlone() {
        Tenant team = aTeam();
        for (RouteData page : pages()) {
            if (!page.getNavigationTarget().isAnnotationPresent(AnonymousAllowed.class)) {
                UI.getCurrent().navigate(path(page, team));
                assertThat(getCurrentView()).as(page.getTemplate()).isInstanceOf(SignInView.class);
            }
        }
    }

    @Test
    void aMemberSeesWhatTheRoleAllows() {
        Tenant team = aTeam();
        for (Role role : Role.values()) {
            signIn(aMember(team, role), null);
            for (RouteData page : pages()) {
                TeamRoles roles = page.getNavigationTarget().getAnnotation(TeamRoles.class);
                if (roles != null) {
                    UI.getCurrent().navigate(path(page, team));
                    boolean may = Arrays.asList(roles.value()).contains(role);
                    assertThat(heading().equals(REFUSED))
                            .as("%s as %s: %s", page.getTemplate(), role, heading())
                            .isNotEqualTo(may);
                }
            }
        }
    }

    @Test
    void aTeamOfOthersDoesNotExistOnAnyPage() {
        Tenant mine = aTeam();
        Tenant theirs = aTeam();
        for (Role role : Role.values()) {
            signIn(aMember(mine, role), null);
            for (RouteData page : pages()) {
                if (page.getTemplate().contains(":team")) {
                    UI.getCurrent().navigate(path(page, theirs));
                    assertThat(heading())
                            .as("%s as %s", page.getTemplate(), role)
                            .isEqualTo(MISSING);
                }
            }
        }
    }

    @Test
    void thePlatformsPagesAreForItsAdministrators() {
        Tenant team = aTeam();
        UserId finance = users.addOrFind(TEST, "finance-" + count.incrementAndGet() + "@test.example");
        for (RouteData page : pages()) {
            RolesAllowed allowed = page.getNavigationTarget().getAnnotation(RolesAllowed.class);
            if (allowed == null) {
                continue;
            }
            List<String> roles = List.of(allowed.value());
            signIn(aMember(team, Role.OWNER), null);
            UI.getCurrent().navigate(path(page, team));
            assertThat(heading()).as("%s as an owner", page.getTemplate()).isEqualTo(REFUSED);
            signIn(finance, PlatformRole.FINANCE);
            UI.getCurrent().navigate(path(page, team));
            assertThat(heading().equals(REFUSED))
                    .as("%s as finance", page.getTemplate())
                    .isNotEqualTo(roles.contains("FINANCE"));
            signIn(users.addOrFind(TEST, "admin@localhost"), PlatformRole.ADMIN);
            UI.getCurrent().navigate(path(page, team));
            assertThat(heading().equals(REFUSED))
                    .as("%s as an administrator", page.getTemplate())
                    .isNotEqualTo(roles.contains("ADMIN"));
        }
    }

    private static List<RouteData> pages() {
        return RouteConfiguration.forApplicationScope().getAvailableRoutes().stream()
                .filter(page -> page.getNavigationTarget().getPackageName().startsWith("dev.artemis"))
                .toList();
    }

    private static String path(RouteData page, Tenant team) {
        return page.getTemplate()
                .replaceAll(":team(?=/|$)", team.slug().value())
                .replaceAll(":project(?=/|$)", "shop")
                .replaceAll(":[a-z]+", "00000000-0000-7000-8000-000000000000");
    }

    private Tenant aTeam() {
        Tenant team = tenants.create(new Slug("see-" + count.incrementAndGet()), "Team", ZoneId.of("UTC"));
        projects.create(team.id(), new Slug("shop"), "Shop");
        return team;
    }

    private UserId aMember(Tenant team, Role role) {
        UserId person = users.addOrFind(TEST, "see-" + count.incrementAndGet() + "@test.example");
        members.put(TEST, team.id(), person, role);
        return person;
    }

    private static void signIn(UserId user, @Nullable PlatformRole role) {
        var person = new SignedIn(user.value(), user + "@test.example", role);
        var authorities = Stream.of("ROLE_USER", role == null ? "ROLE_USER" : "ROLE_" + role)
                .distinct()
                .map(SimpleGrantedAuthority::new)
                .toList();
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(person, null, authorities));
    }

    private String heading() {
        return find(H1.class).all().stream()
                .filter(Component::isAttached)
                .map(H1::getText)
                .findFirst()
                .orElse("");
    }
}
