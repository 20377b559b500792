package dev.artemis.ui;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
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
import dev.artemis.shared.Role;
import dev.artemis.shared.Slug;
import dev.artemis.ui.parts.Link;
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

    private final transient Viewer viewer;
    private final transient AuthenticationContext authentication;
    private final Aside drawer = new Aside();
    private @Nullable Slug shown;
    private boolean built;

    MainLayout(Viewer viewer, AuthenticationContext authentication) {
        this.viewer = viewer;
        this.authentication = authentication;
        setPrimarySection(Section.DRAWER);
        drawer.addClassName("artemis-drawer");
        drawer.getElement().setAttribute("aria-label", translate("nav.menu"));
        var topbar = new Header(toggle(), brand());
        topbar.addClassName("artemis-topbar");
        addToNavbar(topbar);
        addToDrawer(drawer);
        var skip = new Anchor("#content", translate("nav.skip"));
        skip.addClassName("artemis-skip");
        skip.setRouterIgnore(true);
        getElement().insertChild(0, skip.getElement());
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
    }

    private void fill(@Nullable Slug slug) {
        drawer.removeAll();
        List<Membership> teams = viewer.teams();
        Optional<TeamScope> scope = Optional.ofNullable(slug)
                .or(() -> teams.stream().findFirst().map(Membership::slug))
                .flatMap(viewer::in);
        drawer.add(brand());
        if (teams.size() > 1) {
            drawer.add(switcher(teams, scope.map(TeamScope::slug).orElse(null)));
        }
        scope.ifPresent(it -> drawer.add(teamPages(it)));
        if (viewer.isAdmin()) {
            drawer.add(platformPages());
        }
        var room = new Div();
        room.addClassName("artemis-grow");
        drawer.add(room, account());
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
        pages.addItem(item("nav.budgets", Paths.budgets(team), VaadinIcon.WALLET));
        pages.addItem(item("nav.alerts", Paths.alerts(team), VaadinIcon.BELL_O));
        pages.addItem(item("nav.members", Paths.members(team), VaadinIcon.USERS));
        return pages;
    }

    private static SideNav platformPages() {
        var pages = new SideNav(translate("nav.platform"));
        pages.addItem(
                item("nav.teams", Paths.ADMIN_TEAMS, VaadinIcon.OFFICE),
                item("nav.health", Paths.ADMIN_HEALTH, VaadinIcon.HEART_O),
                item("nav.prices", Paths.ADMIN_PRICES, VaadinIcon.TAGS),
                item("nav.audit", Paths.ADMIN_AUDIT, VaadinIcon.LIST));
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
        for (String choice : List.of("light", "dark", "system")) {
            scheme.getSubMenu()
                    .addItem(
                            translate("nav.scheme." + choice),
                            click -> getElement().executeJs(CHOOSE_SCHEME, choice));
        }
        var language = menu.addItem(translate("nav.language"));
        language.getSubMenu().addItem("English", click -> speak(Locale.ENGLISH));
        language.getSubMenu().addItem("Deutsch", click -> speak(Locale.GERMAN));
        menu.addItem(translate("nav.sign-out"), click -> authentication.logout());
        return bar;
    }

    private void speak(Locale language) {
        Languages.remember(language);
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
