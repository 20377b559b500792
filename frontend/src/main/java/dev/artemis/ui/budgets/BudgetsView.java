package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitHistory;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Limits of a team, its projects and their keys: an administrator sets the team's, an owner the others. */
@Route(value = "teams/:team/budgets", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class BudgetsView extends TeamPage {

    private static final long serialVersionUID = 1;

    /** Projects whose bars are sent at once: the others come when they are asked for. */
    private static final int AT_FIRST = 20;

    private final transient Budgets budgets;
    private final transient EditLimits edit;
    private final transient LimitHistory history;
    private final transient Projects projects;
    private final transient ApiKeys keys;
    private final transient Live live;
    private boolean all;

    BudgetsView(
            Viewer viewer,
            Budgets budgets,
            EditLimits edit,
            LimitHistory history,
            Projects projects,
            ApiKeys keys,
            Live live) {
        super(viewer);
        this.budgets = budgets;
        this.edit = edit;
        this.history = history;
        this.projects = projects;
        this.keys = keys;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.budgets"), scope);
        all = false;
        fill(scope);
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        add(new PageHead(translate("nav.budgets"))
                .about(translate("budgets.about"))
                .action(new Link(Paths.reservations(scope.slug()), translate("reservations.title")).quiet()));
        if (!scope.admin()) {
            add(new Note(Tone.CALM, translate("budgets.who")));
        }
        Map<Level, Bars> bars = new LinkedHashMap<>();
        var levels = new Div();
        levels.addClassName("artemis-stack");
        levels.add(panel(scope, scope.team().name(), new Level.WholeTenant(), "", bars, scope.admin()));
        List<Project> its = projects.all(scope.id());
        if (its.isEmpty()) {
            levels.add(new Panel(translate("nav.projects"), NoProject.in(scope)));
        }
        List<Project> shown = all || its.size() <= AT_FIRST ? its : its.subList(0, AT_FIRST);
        Map<ProjectId, List<ApiKey>> keysOf =
                keys.all(scope.id()).stream().collect(Collectors.groupingBy(ApiKey::project));
        for (Project project : shown) {
            Panel panel = panel(
                    scope,
                    project.name(),
                    new Level.OfProject(project.id()),
                    "&project=" + project.slug(),
                    bars,
                    scope.may(Role.OWNER));
            List<ApiKey> ofIt = keysOf.getOrDefault(project.id(), List.of());
            if (!ofIt.isEmpty()) {
                panel.add(keys(scope, project, ofIt, bars));
            }
            levels.add(panel);
        }
        add(levels);
        if (shown.size() < its.size()) {
            add(new Button(translate("budgets.more", scope.format().count(its.size() - shown.size())), click -> {
                all = true;
                fill(scope);
                buttonOf(AT_FIRST + 1).ifPresent(Button::focus);
            }));
        }
        follow(levels, scope, bars);
    }

    /** The first button of the level at that place, the team's being the first: a reader goes on where the new ones begin. */
    private Optional<Button> buttonOf(int place) {
        return flat(this)
                .filter(Panel.class::isInstance)
                .skip(place)
                .limit(1)
                .flatMap(BudgetsView::flat)
                .filter(Button.class::isInstance)
                .map(Button.class::cast)
                .findFirst();
    }

    private static Stream<Component> flat(Component component) {
        return Stream.concat(Stream.of(component), component.getChildren().flatMap(BudgetsView::flat));
    }

    /** Reads all levels together, and again when money moves. */
    private void follow(Div levels, TeamScope scope, Map<Level, Bars> bars) {
        Map<Level, BudgetStatus> now = budgets.standing(scope.id(), bars.keySet());
        show(scope, bars, now);
        live.watch(
                levels,
                scope.id(),
                Set.of(Topic.MONEY),
                () -> budgets.standing(scope.id(), bars.keySet()),
                now,
                later -> show(scope, bars, later));
    }

    /**
     * Where a level's bars stand.
     *
     * @param of how an address of costs is narrowed to that level
     */
    private record Bars(Div bars, String of) {}

    private static void show(TeamScope scope, Map<Level, Bars> bars, Map<Level, BudgetStatus> now) {
        bars.forEach((level, its) -> {
            BudgetStatus status = Objects.requireNonNull(now.get(level));
            its.bars().removeAll();
            for (LimitPeriod period : LimitPeriod.values()) {
                BudgetStatus.Window window = status.window(level.scope(), period);
                its.bars().add(bar(scope, window).spentLeadingTo(costs(scope, window) + its.of()));
            }
        });
    }

    /** Those of the day or month that ends when the window does. */
    private static String costs(TeamScope scope, BudgetStatus.Window window) {
        return Paths.costs(scope.slug()) + "?" + CostPeriod.of(window).query();
    }

    private Details keys(TeamScope scope, Project project, List<ApiKey> its, Map<Level, Bars> allBars) {
        var list = new Div();
        list.addClassName("artemis-stack");
        its.forEach(key -> list.add(ofKey(scope, project, key, allBars)));
        var keys = new Details(translate("budgets.keys", scope.format().count(its.size())), list);
        keys.setOpened(true);
        return keys;
    }

    private Div ofKey(TeamScope scope, Project project, ApiKey key, Map<Level, Bars> allBars) {
        var level = new Level.OfKey(key.id());
        String title = translate("budgets.of-key", key.name(), project.name());
        var head = new Div(new H3(key.name()), actions(scope, title, level, scope.may(Role.OWNER)));
        head.addClassName("artemis-key-head");
        Div bars = bars(level, "&project=" + project.slug() + "&key=" + key.id(), allBars);
        bars.addClassName("artemis-row-small");
        var one = new Div(head, bars);
        one.getElement().setAttribute("role", "group");
        one.getElement().setAttribute("aria-label", title);
        return one;
    }

    /** To be filled with all levels' bars together. */
    private static Div bars(Level level, String of, Map<Level, Bars> allBars) {
        var bars = new Div();
        bars.addClassName("artemis-row");
        allBars.put(level, new Bars(bars, of));
        return bars;
    }

    private Panel panel(
            TeamScope scope, String name, Level level, String of, Map<Level, Bars> allBars, boolean mayEdit) {
        String title = level.scope() == LimitScope.TENANT
                ? translate("budgets.of-team", name)
                : translate("budgets.of-project", name);
        var panel = new Panel(title, bars(level, of, allBars));
        panel.aside(actions(scope, title, level, mayEdit));
        return panel;
    }

    private Div actions(TeamScope scope, String title, Level level, boolean mayEdit) {
        var past = new Button(
                translate("budgets.history"),
                click -> new HistoryDialog(
                                title, budgets.limits(scope.id(), level), history.of(scope.id(), level), scope.format())
                        .open());
        past.setAriaLabel(translate("budgets.history") + ": " + title);
        past.addThemeVariants(ButtonVariant.TERTIARY);
        var actions = new Div(past);
        actions.addClassName("artemis-actions");
        if (mayEdit) {
            var change = new Button(
                    translate("budgets.edit"),
                    VaadinIcon.EDIT.create(),
                    click -> edit.open(scope, level, title, () -> fill(scope)));
            change.setAriaLabel(translate("budgets.edit") + ": " + title);
            actions.add(change);
        }
        return actions;
    }

    private static BudgetBar bar(TeamScope scope, BudgetStatus.Window window) {
        return new BudgetBar(
                new BudgetBar.Standing(
                        translate("budget." + window.period()),
                        window.limit(),
                        window.spent(),
                        window.reserved(),
                        window.remaining(),
                        window.resetsAt()),
                scope.format());
    }
}
