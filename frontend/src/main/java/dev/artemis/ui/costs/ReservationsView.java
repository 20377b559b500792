package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.budgets.Admission;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.HeldMoney;
import dev.artemis.budgets.Refusals;
import dev.artemis.budgets.Reservations;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Page;
import dev.artemis.shared.ProjectId;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is held for a team's calls and runs, and was: what the reserved part of its budgets is made of. */
@Route(value = "teams/:team/reservations", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class ReservationsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private static final int AT_ONCE = 50;

    private final transient Viewer viewer;
    private final transient Reservations reservations;
    private final transient Budgets budgets;
    private final transient Projects projects;
    private final transient CostsView.Names names;
    private final transient Live live;
    private final transient Clock clock;
    private transient @Nullable ReservationsQuery asked;
    private transient List<Project> offered = List.of();
    private @Nullable ReservationFilters filters;
    private final Div content = new Div();

    ReservationsView(
            Viewer viewer,
            Reservations reservations,
            Budgets budgets,
            Projects projects,
            CostsView.Names names,
            Live live,
            Clock clock) {
        super(viewer);
        this.viewer = viewer;
        this.reservations = reservations;
        this.budgets = budgets;
        this.projects = projects;
        this.names = names;
        this.live = live;
        this.clock = clock;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("reservations.title"), scope);
        fill(scope, ReservationsQuery.of(event.getLocation().getQueryParameters()));
    }

    @Override
    protected boolean narrow(TeamScope scope, BeforeEnterEvent event) {
        ReservationFilters there = filters;
        if (there == null || !projects.all(scope.id()).equals(offered)) {
            return false;
        }
        ReservationsQuery query = ReservationsQuery.of(event.getLocation().getQueryParameters());
        asked = query;
        there.show(query);
        find(scope, query);
        return true;
    }

    /** A project that somebody makes is one of all of them, and can be chosen. */
    @Override
    protected void settingsChanged(TeamScope scope) {
        ReservationsQuery query = asked;
        if (query != null && !projects.all(scope.id()).equals(offered)) {
            fill(scope, query);
        }
    }

    private void fill(TeamScope scope, ReservationsQuery query) {
        removeAll();
        filters = null;
        asked = query;
        List<Project> all = projects.all(scope.id());
        offered = all;
        add(new PageHead(translate("reservations.title"))
                .about(translate("reservations.about"))
                .under(new Link(Paths.budgets(scope.slug()), translate("nav.budgets"))));
        if (all.isEmpty()) {
            add(new Panel(translate("reservations.title"), NoProject.in(scope)));
            return;
        }
        var shown = new ReservationFilters(all, query, wanted -> open(scope, wanted));
        filters = shown;
        content.addClassName("artemis-stack");
        add(shown, content);
        find(scope, query);
    }

    private void find(TeamScope scope, ReservationsQuery query) {
        List<Project> chosen =
                ProjectChoice.find(offered, query.project()).map(List::of).orElse(offered);
        Supplier<Page<ReservationList.Line>> newest = () -> page(scope, query, chosen);
        Page<ReservationList.Line> page = newest.get();
        var found = new Div();
        found.addClassName("artemis-stack");
        content.removeAll();
        content.add(found);
        show(found, scope, query, chosen, page);
        live.watch(
                found,
                scope.id(),
                Set.of(Topic.MONEY, Topic.RUNS),
                newest,
                page,
                now -> show(found, scope, query, chosen, now));
    }

    private Page<ReservationList.Line> page(TeamScope scope, ReservationsQuery query, List<Project> chosen) {
        Instant now = clock.instant();
        Map<ProjectId, Project> of = chosen.stream().collect(Collectors.toMap(Project::id, Function.identity()));
        return reservations
                .page(query.held(scope.id(), chosen), AT_ONCE)
                .map(held -> ReservationList.Line.of(Objects.requireNonNull(of.get(held.project())), held, now));
    }

    private void show(
            Div found,
            TeamScope scope,
            ReservationsQuery query,
            List<Project> chosen,
            Page<ReservationList.Line> page) {
        Map<String, String> called = names.of(scope, chosen, EnumSet.of(Dimension.KEY, Dimension.MEMBER));
        ReservationList there = found.getChildren()
                .filter(Panel.class::isInstance)
                .flatMap(Component::getChildren)
                .filter(ReservationList.class::isInstance)
                .map(ReservationList.class::cast)
                .findFirst()
                .orElse(null);
        if (there != null && !page.items().isEmpty()) {
            there.show(page.items(), called);
            found.getChildren().filter(Button.class::isInstance).toList().forEach(found::remove);
        } else {
            found.removeAll();
            found.add(new Panel(
                    translate("reservations.title"),
                    page.items().isEmpty() ? nothing(scope, query) : list(scope, chosen, page, called)));
        }
        String next = page.next();
        if (next != null) {
            found.add(new Button(translate("reservations.older"), click -> open(scope, query.older(next))));
        }
    }

    private ReservationList list(
            TeamScope scope, List<Project> chosen, Page<ReservationList.Line> page, Map<String, String> called) {
        var list = new ReservationList(scope, chosen);
        if (scope.mayChange(Role.OWNER, Role.DEVELOPER)) {
            list.mayRelease(line -> askToRelease(scope, line));
        }
        list.show(page.items(), called);
        return list;
    }

    private static EmptyState nothing(TeamScope scope, ReservationsQuery query) {
        return query.narrows()
                ? new EmptyState(
                        VaadinIcon.SEARCH,
                        translate("reservations.none-found"),
                        translate("reservations.none-found-why"),
                        new Link(Paths.reservations(scope.slug()), translate("reservations.held-now")))
                : new EmptyState(
                        VaadinIcon.WALLET,
                        translate("reservations.none"),
                        translate("reservations.none-why"),
                        new Link(
                                Paths.reservations(scope.slug()) + "?"
                                        + query.ofStatus(null).parameters().getQueryString(),
                                translate("reservations.before")));
    }

    private void askToRelease(TeamScope scope, ReservationList.Line line) {
        HeldMoney held = line.held();
        String amount = scope.format().exact(held.reserved());
        Ask.before(translate("reservations.release-of", amount, held.model()))
                .saying(translate(
                        "reservations.release-about", amount, line.project().name(), held.model(), held.stage()))
                .then(translate("reservations.release"), () -> release(scope, held));
    }

    /** The page is told of it, and fills itself. */
    private void release(TeamScope scope, HeldMoney held) {
        viewer.acting(scope, Role.OWNER, Role.DEVELOPER);
        Admission answer = budgets.release(scope.caller(held.project()), held.id());
        if (!(answer instanceof Admission.Released)) {
            throw Refusals.of(answer);
        }
        Notices.done(translate("reservations.released", scope.format().exact(held.reserved())));
    }

    private static void open(TeamScope scope, ReservationsQuery query) {
        UI.getCurrent().navigate(Paths.reservations(scope.slug()), query.parameters());
    }
}
