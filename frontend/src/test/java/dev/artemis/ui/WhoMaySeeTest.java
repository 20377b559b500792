package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestConstructor;

/** Walks every page that there is, whoever added it, as everybody that there is. */
@OnDatabase
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
class WhoMaySeeTest extends AtThePages {

    private static final String REFUSED = "Not for this role";
    private static final String MISSING = "Not found";

    private final Projects projects;

    WhoMaySeeTest(Tenants tenants, Projects projects, Users users, Members members) {
        super(tenants, users, members);
        this.projects = projects;
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
        Tenant team = aTeamWithAProject();
        for (RouteData page : pages()) {
            if (!page.getNavigationTarget().isAnnotationPresent(AnonymousAllowed.class)) {
                UI.getCurrent().navigate(path(page, team));
                assertThat(getCurrentView()).as(page.getTemplate()).isInstanceOf(SignInView.class);
            }
        }
    }

    @Test
    void aMemberSeesWhatTheRoleAllows() {
        Tenant team = aTeamWithAProject();
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
    void thePlatformsOwnSeeInATeamWhatFinanceAndOwnersSee() {
        Tenant team = aTeamWithAProject();
        for (PlatformRole standing : PlatformRole.values()) {
            signIn(aPerson(), standing);
            for (RouteData page : pages()) {
                TeamRoles roles = page.getNavigationTarget().getAnnotation(TeamRoles.class);
                if (roles != null) {
                    UI.getCurrent().navigate(path(page, team));
                    boolean may = standing == PlatformRole.ADMIN
                            || Arrays.asList(roles.value()).contains(Role.FINANCE);
                    assertThat(heading().equals(REFUSED))
                            .as("%s as %s: %s", page.getTemplate(), standing, heading())
                            .isNotEqualTo(may);
                }
            }
        }
    }

    @Test
    void aTeamOfOthersDoesNotExistOnAnyPage() {
        Tenant mine = aTeamWithAProject();
        Tenant theirs = aTeamWithAProject();
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
        Tenant team = aTeamWithAProject();
        UserId finance = aPerson();
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
            signInAsAdministrator();
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

    private Tenant aTeamWithAProject() {
        Tenant team = aTeam();
        projects.create(team.id(), new Slug("shop"), "Shop");
        return team;
    }
}
