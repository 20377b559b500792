package dev.artemis.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.dom.Element;
import com.vaadin.flow.router.RouteConfiguration;
import com.vaadin.flow.router.RouteData;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import dev.artemis.OnDatabase;
import dev.artemis.access.Members;
import dev.artemis.access.PlatformRole;
import dev.artemis.access.Users;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CallLabels;
import dev.artemis.budgets.CallSpending;
import dev.artemis.budgets.History;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.Limits;
import dev.artemis.prices.ModelRef;
import dev.artemis.prices.ServiceTier;
import dev.artemis.prices.Usage;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.runs.RunRequest;
import dev.artemis.runs.Runs;
import dev.artemis.shared.Caller;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.shared.Slug;
import dev.artemis.shared.Usd;
import dev.artemis.shared.UserId;
import dev.artemis.tenants.Tenant;
import dev.artemis.tenants.Tenants;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    private final Members members;
    private final Budgets budgets;
    private final History history;
    private final Runs runs;
    private final Clock clock;

    WhoMaySeeTest(
            Tenants tenants,
            Projects projects,
            Users users,
            Members members,
            Budgets budgets,
            History history,
            Runs runs,
            Clock clock) {
        super(tenants, users, members);
        this.projects = projects;
        this.members = members;
        this.budgets = budgets;
        this.history = history;
        this.runs = runs;
        this.clock = clock;
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
    void noLinkLeadsToAPageThatTheRoleIsRefused() {
        Tenant team = aTeam();
        Tenant another = aTeam();
        somethingHappensIn(team);
        for (Role role : Role.values()) {
            UserId member = aMember(team, role);
            members.put(TEST, another.id(), member, role);
            signIn(member, null);
            // with another team the menu is filled anew: it was somebody else's
            open(Paths.dashboard(another.slug()));
            linksAreFollowed(team, role.name());
        }
        for (PlatformRole standing : PlatformRole.values()) {
            signIn(aPerson(), standing);
            open(Paths.dashboard(another.slug()));
            linksAreFollowed(team, "the platform's " + standing);
        }
    }

    private void linksAreFollowed(Tenant team, String whose) {
        Map<String, String> foundOn = new TreeMap<>();
        for (RouteData page : pages()) {
            open(path(page, team));
            if (!heading().equals(REFUSED)) {
                links().forEach(link -> foundOn.putIfAbsent(link, page.getTemplate()));
            }
        }
        assertThat(foundOn).as("as %s", whose).hasSizeGreaterThan(10);
        foundOn.forEach((link, page) -> {
            open(link);
            assertThat(heading()).as("%s, on %s as %s", link, page, whose).isNotIn(REFUSED, MISSING);
        });
    }

    /** Addresses within the pages: those of the menu, of links, and of links within tables. */
    private Set<String> links() {
        Stream<String> menu = find(SideNavItem.class).all().stream().map(SideNavItem::getPath);
        Stream<String> shown = find(Anchor.class).all().stream().map(Anchor::getHref);
        Stream<String> inTables = find(Grid.class).all().stream().flatMap(this::links);
        return Stream.of(menu, shown, inTables)
                .flatMap(Function.identity())
                .filter(link -> link != null && link.matches("(teams|admin|finance|account)\\b.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @SuppressWarnings("unchecked") // a grid is found by its raw class
    private Stream<String> links(Grid<?> raw) {
        var grid = (Grid<Object>) raw;
        return IntStream.range(0, test(grid).size())
                .boxed()
                .flatMap(row -> grid.getColumns().stream()
                        .map(Grid.Column::getRenderer)
                        .filter(ComponentRenderer.class::isInstance)
                        .map(renderer -> ((ComponentRenderer<?, Object>) renderer)
                                .createComponent(test(grid).getRow(row)))
                        .flatMap(cell -> anchors(cell.getElement())));
    }

    private static Stream<String> anchors(Element element) {
        if (element.isTextNode()) {
            return Stream.of();
        }
        Stream<String> own = element.getTag().equals("a") ? Stream.of(element.getAttribute("href")) : Stream.of();
        return Stream.concat(own, element.getChildren().flatMap(WhoMaySeeTest::anchors));
    }

    /** A call that reaches a limit, and a run: each is a line with links. */
    private void somethingHappensIn(Tenant team) {
        Project shop = projects.create(team.id(), new Slug("shop"), "Shop");
        var caller = new Caller.ForProject(team.id(), shop.id(), null, null, EnumSet.allOf(Scope.class), "a program");
        var labels = new CallLabels("review", null, "SHOP-1");
        budgets.setLimits(TEST, team.id(), new Level.WholeTenant(), Limits.of(null, Usd.of("0.04")));
        history.record(
                caller,
                clock.instant(),
                List.of(new CallSpending(
                        ModelRef.of("gpt-4o"),
                        Usage.of(5_000, 2_000),
                        ServiceTier.STANDARD,
                        labels,
                        null,
                        CallSpending.Mode.RECORD)));
        runs.submit(caller, RunRequest.of("python", "eval(1)"));
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
