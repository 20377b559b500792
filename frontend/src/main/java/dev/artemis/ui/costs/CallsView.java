package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.CorrectEntries;
import dev.artemis.ledger.Entries;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.reports.Dimension;
import dev.artemis.shared.Page;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.NoProject;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.time.Clock;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The ledger of a team, entry by entry, newest first: what every sum of the costs is made of. */
@Route(value = "teams/:team/calls", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class CallsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private static final int AT_ONCE = 50;

    private final transient Viewer viewer;
    private final transient Entries entries;
    private final transient CorrectEntries corrections;
    private final transient Budgets budgets;
    private final transient Projects projects;
    private final transient CostsView.Names names;
    private final transient Live live;
    private final transient Clock clock;
    private transient @Nullable CallsQuery asked;
    private transient List<Project> offered = List.of();
    private @Nullable CallFilters filters;
    private final Div download = new Div();
    private final Div narrowed = new Div();
    private final Div content = new Div();

    CallsView(
            Viewer viewer,
            Entries entries,
            CorrectEntries corrections,
            Budgets budgets,
            Projects projects,
            CostsView.Names names,
            Live live,
            Clock clock) {
        super(viewer);
        this.viewer = viewer;
        this.entries = entries;
        this.corrections = corrections;
        this.budgets = budgets;
        this.projects = projects;
        this.names = names;
        this.live = live;
        this.clock = clock;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("calls.title"), scope);
        LocalDate today = LocalDate.ofInstant(clock.instant(), scope.team().timeZone());
        fill(scope, CallsQuery.of(event.getLocation().getQueryParameters(), today));
    }

    @Override
    protected boolean narrow(TeamScope scope, BeforeEnterEvent event) {
        CallFilters there = filters;
        if (there == null || !projects.all(scope.id()).equals(offered)) {
            return false;
        }
        LocalDate today = LocalDate.ofInstant(clock.instant(), scope.team().timeZone());
        CallsQuery query = CallsQuery.of(event.getLocation().getQueryParameters(), today);
        asked = query;
        there.show(query);
        find(scope, query);
        return true;
    }

    /** A project that somebody makes is one of all of them, and can be chosen. */
    @Override
    protected void settingsChanged(TeamScope scope) {
        CallsQuery query = asked;
        if (query != null && !projects.all(scope.id()).equals(offered)) {
            fill(scope, query);
        }
    }

    private void fill(TeamScope scope, CallsQuery query) {
        removeAll();
        filters = null;
        asked = query;
        var head = new PageHead(translate("calls.title"))
                .about(translate("calls.about"))
                .under(new Link(Paths.costs(scope.slug()), translate("nav.costs")));
        add(head);
        List<Project> all = projects.all(scope.id());
        offered = all;
        if (all.isEmpty()) {
            add(new Panel(translate("dashboard.first"), NoProject.in(scope, "costs.no-project-why")));
            return;
        }
        var shown = new CallFilters(all, query, wanted -> open(scope, wanted));
        filters = shown;
        var filtering = new Div(shown, narrowed);
        filtering.addClassName("artemis-filters");
        content.addClassName("artemis-stack");
        add(filtering, content);
        head.action(download);
        if (scope.mayChange(Role.OWNER, Role.DEVELOPER)) {
            head.action(new Button(
                    translate("calls.record"),
                    VaadinIcon.PLUS.create(),
                    click -> new RecordCall(
                                    viewer,
                                    budgets,
                                    scope,
                                    clock,
                                    all,
                                    chosen(all, asked).getFirst())
                            .open()));
        }
        find(scope, query);
    }

    private void find(TeamScope scope, CallsQuery query) {
        List<Project> all = offered;
        List<Project> chosen = chosen(all, query);
        Map<String, String> known = names.of(scope, all, EnumSet.of(Dimension.KEY, Dimension.MEMBER));
        narrowed.removeAll();
        Map<Dimension, String> others = new EnumMap<>(Dimension.class);
        query.only().forEach((dimension, value) -> {
            if (!CallFilters.tells(query, dimension)) {
                others.put(dimension, value);
            }
        });
        if (!others.isEmpty()) {
            narrowed.add(new NarrowedTo(others, known, dimension -> open(scope, query.without(dimension))));
        }
        narrowed.setVisible(!others.isEmpty());
        download.removeAll();
        download.add(download(scope, chosen, query));
        Supplier<Page<CallLine>> newest =
                () -> CallLine.of(chosen, entries.pageOfProjects(query.entries(scope.id(), chosen), AT_ONCE));
        Page<CallLine> page = newest.get();
        var found = new Div();
        found.addClassName("artemis-stack");
        content.removeAll();
        content.add(found);
        fill(found, scope, query, chosen, known, page);
        live.watch(found, scope.id(), Set.of(Topic.MONEY, Topic.RUNS), newest, page, now -> {
            Map<String, String> called = names.of(scope, all, EnumSet.of(Dimension.KEY, Dimension.MEMBER));
            fill(found, scope, query, chosen, called, now);
        });
    }

    private static List<Project> chosen(List<Project> all, @Nullable CallsQuery query) {
        return ProjectChoice.find(all, query == null ? null : query.project())
                .map(List::of)
                .orElse(all);
    }

    /** All entries that are asked for, also those of later pages. */
    private Anchor download(TeamScope scope, List<Project> chosen, CallsQuery query) {
        String name = "artemis-calls-" + scope.slug() + "-" + query.days().from() + "-"
                + query.days().to() + ".csv";
        DownloadHandler handler = event -> {
            event.setFileName(name);
            event.setContentType("text/csv; charset=utf-8");
            CallFile.write(
                    event.getOutputStream(),
                    chosen,
                    (project, from, most) ->
                            entries.page((from == null ? query : query.older(from)).entries(project), most));
        };
        var link = new Anchor(handler, translate("costs.download"));
        link.addClassName("artemis-button-link");
        link.addComponentAsFirst(VaadinIcon.DOWNLOAD_ALT.create());
        return link;
    }

    /** The list stays: what one opened in it, and where one reads, is not lost when calls come in. */
    private void fill(
            Div found,
            TeamScope scope,
            CallsQuery query,
            List<Project> chosen,
            Map<String, String> known,
            Page<CallLine> page) {
        CallList there = found.getChildren()
                .filter(Panel.class::isInstance)
                .flatMap(Component::getChildren)
                .filter(CallList.class::isInstance)
                .map(CallList.class::cast)
                .findFirst()
                .orElse(null);
        if (there != null && !page.items().isEmpty()) {
            there.show(page.items(), known);
            found.getChildren().filter(Button.class::isInstance).toList().forEach(found::remove);
        } else {
            found.removeAll();
            found.add(
                    page.items().isEmpty()
                            ? nothing()
                            : new Panel(translate("calls.entries"), list(scope, query, chosen, known, page)));
        }
        String next = page.next();
        if (next != null) {
            found.add(new Button(translate("audit.older"), click -> open(scope, query.older(next))));
        }
    }

    private static Panel nothing() {
        return new Panel(
                translate("calls.entries"),
                new EmptyState(VaadinIcon.LIST, translate("costs.nothing"), translate("costs.nothing-why")));
    }

    private CallList list(
            TeamScope scope, CallsQuery query, List<Project> chosen, Map<String, String> known, Page<CallLine> page) {
        var list = new CallList(scope, chosen);
        if (scope.admin()) {
            list.mayCorrect(
                    line -> new CorrectionDialog(viewer, corrections, scope, line).open(() -> fill(scope, query)));
        }
        list.show(page.items(), known);
        return list;
    }

    private static void open(TeamScope scope, CallsQuery query) {
        UI.getCurrent().navigate(Paths.calls(scope.slug()), query.parameters());
    }
}
