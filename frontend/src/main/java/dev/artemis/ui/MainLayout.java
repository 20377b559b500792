package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.applayout.DrawerToggle;
import com.vaadin.flow.component.avatar.Avatar;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.contextmenu.SubMenu;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Aside;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Header;
import com.vaadin.flow.component.html.Image;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.Icon;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.menubar.MenuBar;
import com.vaadin.flow.component.menubar.MenuBarVariant;
import com.vaadin.flow.component.sidenav.SideNav;
import com.vaadin.flow.component.sidenav.SideNavItem;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.auth.AnonymousAllowed;
import com.vaadin.flow.spring.security.AuthenticationContext;
import dev.artemis.access.Membership;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.ui.parts.CommandPalette;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The frame of all pages but the door: where one is, where one can go, and who one is. */
@AnonymousAllowed
public class MainLayout extends AppLayout implements AfterNavigationObserver {

    private static final long serialVersionUID = 1;

    private static final String CHOOSE_SCHEME = """
        document.documentElement.style.colorScheme = $0 === 'system' ? '' : $0;
        try {
          $0 === 'system' ? localStorage.removeItem('artemis.scheme') : localStorage.setItem('artemis.scheme', $0);
        } catch (refused) {
          // lasts until the page is loaded anew
        }
        """;

    /** On another page one begins at its top; a filter of the same page leaves the focus where it is. */
    private static final String FOCUS_HEADING = "requestAnimationFrame(() => document.querySelector('h1')?.focus())";

    private static final String SKIP = """
        this.addEventListener('click', (event) => {
          const main = document.getElementById('content');
          if (main) {
            event.preventDefault();
            main.setAttribute('tabindex', '-1');
            main.focus();
            main.scrollIntoView({ block: 'start' });
          }
        });
        """;

    private static final List<String> SCHEMES = List.of("light", "dark", "system");

    private final transient Viewer viewer;
    private final transient Projects projects;
    private final transient AuthenticationContext authentication;
    private final Aside drawer = new Aside();
    private @Nullable Slug shown;
    private @Nullable String path;
    private boolean built;

    MainLayout(Viewer viewer, Projects projects, AuthenticationContext authentication) {
        this.viewer = viewer;
        this.projects = projects;
        this.authentication = authentication;
        Keep.isOf(UI.getCurrent(), viewer.name());
        setPrimarySection(Section.DRAWER);
        setI18n(new AppLayoutI18n().setDrawer(translate("nav.menu")));
        drawer.addClassName("artemis-drawer");
        drawer.getElement().setAttribute("aria-label", translate("nav.menu"));
        var topbar = new Header(toggle(), brand());
        topbar.addClassName("artemis-topbar");
        // the first slot of the layout's shadow tree: the keyboard comes to it before all that it skips
        addToNavbar(skip(), topbar);
        addToDrawer(drawer);
    }

    /** Browsers move the place, not the focus, to what cannot have it: main gets it for that once. */
    private static Anchor skip() {
        var skip = new Anchor("#content", translate("nav.skip"));
        skip.addClassName("artemis-skip");
        skip.setRouterIgnore(true);
        skip.addAttachListener(attached -> skip.getElement().executeJs(SKIP));
        return skip;
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        Slug team =
                event.getRouteParameters().get("team").flatMap(MainLayout::slug).orElse(shown);
        if (!built || !Objects.equals(team, shown)) {
            built = true;
            shown = team;
            fill(team);
        }
        String now = event.getLocation().getPath();
        if (path != null && !path.equals(now)) {
            getElement().executeJs(FOCUS_HEADING);
        }
        path = now;
    }

    private void fill(@Nullable Slug slug) {
        drawer.removeAll();
        List<Membership> teams = viewer.teams();
        Optional<TeamScope> scope = Optional.ofNullable(slug)
                .or(() -> teams.stream().findFirst().map(Membership::slug))
                .flatMap(viewer::in);
        drawer.add(brand());
        List<SideNav> navs = new ArrayList<>();
        scope.ifPresent(it -> navs.add(teamPages(it)));
        if (viewer.isAdmin()) {
            navs.add(platformPages());
        } else if (viewer.isPlatformFinance()) {
            navs.add(platformFinancePages());
        }
        drawer.add(new CommandPalette(() -> commands(scope.orElse(null), navs)));
        if (teams.size() > 1) {
            drawer.add(switcher(teams, scope.map(TeamScope::slug).orElse(null)));
        }
        navs.forEach(drawer::add);
        var room = new Div();
        room.addClassName("artemis-grow");
        drawer.add(room, account());
    }

    /** All that the drawer leads to, and what else one may look for: projects, other teams, how the page looks. */
    private List<CommandPalette.Command> commands(@Nullable TeamScope scope, List<SideNav> navs) {
        List<CommandPalette.Command> commands = new ArrayList<>();
        navs.forEach(nav ->
                nav.getItems().forEach(item -> commands.add(go(item.getLabel(), nav.getLabel(), item.getPath()))));
        if (scope != null) {
            commands.add(go(translate("reservations.title"), scope.team().name(), Paths.reservations(scope.slug())));
            boolean runs = scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER);
            for (Project project : projects.all(scope.id())) {
                commands.add(go(project.name(), translate("project"), Paths.project(scope.slug(), project.slug())));
                if (runs) {
                    commands.add(go(translate("nav.runs"), project.name(), Paths.runs(scope.slug(), project.slug())));
                }
                commands.add(go(
                        translate("costs.to-calls"),
                        project.name(),
                        Paths.calls(scope.slug()) + "?project=" + project.slug()));
                if (scope.may(Role.OWNER, Role.DEVELOPER)) {
                    commands.add(
                            go(translate("runs.submit"), project.name(), Paths.submit(scope.slug(), project.slug())));
                }
            }
        }
        viewer.teams()
                .forEach(
                        team -> commands.add(go(team.teamName(), translate("nav.team"), Paths.dashboard(team.slug()))));
        commands.add(go(translate("account.title"), translate("nav.account", viewer.name()), Paths.ACCOUNT));
        for (String choice : SCHEMES) {
            commands.add(new CommandPalette.Command(
                    translate("nav.scheme." + choice), translate("nav.scheme"), () -> scheme(choice)));
        }
        commands.add(new CommandPalette.Command(
                translate("nav.sign-out"), translate("nav.account", viewer.name()), authentication::logout));
        return commands;
    }

    private static CommandPalette.Command go(String label, String group, String path) {
        return new CommandPalette.Command(label, group, () -> UI.getCurrent().navigate(path));
    }

    private void scheme(String choice) {
        getElement().executeJs(CHOOSE_SCHEME, choice);
    }

    private static Component brand() {
        var mark = new Image("icons/artemis.svg", "");
        var link = new Link("", mark);
        link.add(new Span("Artemis"));
        link.addClassName("artemis-brand");
        return link;
    }

    private static DrawerToggle toggle() {
        var toggle = new DrawerToggle();
        toggle.setAriaLabel(translate("nav.menu"));
        return toggle;
    }

    private static ComboBox<Membership> switcher(List<Membership> teams, @Nullable Slug current) {
        var switcher = new ComboBox<Membership>();
        switcher.setAriaLabel(translate("nav.team"));
        switcher.setItems(teams);
        switcher.setItemLabelGenerator(Membership::teamName);
        switcher.setWidthFull();
        switcher.setAllowCustomValue(false);
        if (current != null) {
            teams.stream().filter(it -> it.slug().equals(current)).findFirst().ifPresent(switcher::setValue);
        }
        switcher.addValueChangeListener(change -> {
            if (change.isFromClient() && change.getValue() != null) {
                switcher.getUI()
                        .ifPresent(ui ->
                                ui.navigate(Paths.dashboard(change.getValue().slug())));
            }
        });
        return switcher;
    }

    private static SideNav teamPages(TeamScope scope) {
        Slug team = scope.slug();
        var pages = new SideNav(scope.team().name());
        pages.addItem(item("nav.dashboard", Paths.dashboard(team), VaadinIcon.DASHBOARD));
        pages.addItem(item("nav.projects", Paths.projects(team), VaadinIcon.FOLDER_O));
        if (scope.may(Role.OWNER, Role.DEVELOPER, Role.VIEWER)) {
            pages.addItem(item("nav.runs", Paths.runs(team), VaadinIcon.PLAY_CIRCLE_O));
        }
        pages.addItem(item("nav.costs", Paths.costs(team), VaadinIcon.BAR_CHART_H));
        if (scope.may(Role.OWNER, Role.FINANCE)) {
            pages.addItem(item("nav.finance", Paths.statements(team), VaadinIcon.INVOICE));
        }
        pages.addItem(item("nav.budgets", Paths.budgets(team), VaadinIcon.WALLET));
        pages.addItem(item("nav.alerts", Paths.alerts(team), VaadinIcon.BELL_O));
        pages.addItem(item("nav.members", Paths.members(team), VaadinIcon.USERS));
        if (scope.may(Role.OWNER, Role.DEVELOPER)) {
            pages.addItem(item("nav.provider-keys", Paths.providerKeys(team), VaadinIcon.KEY_O));
        }
        if (scope.may(Role.OWNER)) {
            pages.addItem(item("nav.audit", Paths.audit(team), VaadinIcon.LIST));
        }
        return pages;
    }

    private static SideNav platformPages() {
        var pages = new SideNav(translate("nav.platform"));
        pages.addItem(
                item("nav.teams", Paths.ADMIN_TEAMS, VaadinIcon.OFFICE),
                item("nav.people", Paths.ADMIN_PEOPLE, VaadinIcon.USER_CHECK),
                item("nav.all-costs", Paths.ALL_COSTS, VaadinIcon.MONEY),
                item("nav.all-bills", Paths.ALL_BILLS, VaadinIcon.INVOICE),
                item("nav.health", Paths.ADMIN_HEALTH, VaadinIcon.HEART_O),
                item("nav.prices", Paths.ADMIN_PRICES, VaadinIcon.TAGS),
                item("nav.audit", Paths.ADMIN_AUDIT, VaadinIcon.LIST));
        return pages;
    }

    private static SideNav platformFinancePages() {
        var pages = new SideNav(translate("nav.platform"));
        pages.addItem(
                item("nav.all-costs", Paths.ALL_COSTS, VaadinIcon.MONEY),
                item("nav.all-bills", Paths.ALL_BILLS, VaadinIcon.INVOICE));
        return pages;
    }

    private static SideNavItem item(String key, String path, VaadinIcon icon) {
        Icon picture = icon.create();
        picture.getElement().setAttribute("aria-hidden", "true");
        return new SideNavItem(translate(key), path, picture);
    }

    private MenuBar account() {
        var bar = new MenuBar();
        bar.addClassName("artemis-account");
        bar.addThemeVariants(MenuBarVariant.TERTIARY);
        var avatar = new Avatar(viewer.name());
        avatar.getElement().setAttribute("aria-hidden", "true");
        var person = new Div(avatar, new Span(viewer.name()));
        person.addClassName("artemis-person");
        var item = bar.addItem(person);
        item.setAriaLabel(translate("nav.account", viewer.name()));
        SubMenu menu = item.getSubMenu();
        var scheme = menu.addItem(translate("nav.scheme"));
        for (String choice : SCHEMES) {
            scheme.getSubMenu().addItem(translate("nav.scheme." + choice), click -> scheme(choice));
        }
        var language = menu.addItem(translate("nav.language"));
        language.getSubMenu().addItem("English", click -> speak(Locale.ENGLISH));
        language.getSubMenu().addItem("Deutsch", click -> speak(Locale.GERMAN));
        menu.addItem(translate("account.title"), click -> getUI().ifPresent(ui -> ui.navigate(Paths.ACCOUNT)));
        menu.addItem(translate("nav.sign-out"), click -> authentication.logout());
        return bar;
    }

    private void speak(Locale language) {
        Languages.remember(language);
        viewer.reads(language);
        VaadinSession.getCurrent().setLocale(language);
        getUI().ifPresent(ui -> ui.getPage().reload());
    }

    private static Optional<Slug> slug(String text) {
        try {
            return Optional.of(new Slug(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
