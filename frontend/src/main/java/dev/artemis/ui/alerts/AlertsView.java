package dev.artemis.ui.alerts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.alerts.Alert;
import dev.artemis.alerts.AlertChannel;
import dev.artemis.alerts.AlertChannels;
import dev.artemis.alerts.AlertDeliveries;
import dev.artemis.alerts.AlertDelivery;
import dev.artemis.alerts.Alerts;
import dev.artemis.budgets.LimitScope;
import dev.artemis.mail.Tongue;
import dev.artemis.notices.Topic;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Phrases;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Snippet;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What was reached, who is told, and what did not arrive. Owners say who is told. */
@Route(value = "teams/:team/alerts", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class AlertsView extends TeamPage {

    private static final long serialVersionUID = 1;

    /** More than these are scrolled through, so that the page does not end far below them. */
    private static final int AT_A_GLANCE = 50;

    private final transient Viewer viewer;
    private final transient Alerts alerts;
    private final transient AlertChannels channels;
    private final transient AlertDeliveries deliveries;
    private final transient Projects projects;
    private final transient ApiKeys keys;
    private final transient Live live;
    private final Div secrets = new Div();
    private final Div content = new Div();

    /** All that changes while one looks. */
    private record Seen(List<AlertChannel> channels, List<Alert> raised, List<AlertDelivery> sent) {}

    AlertsView(
            Viewer viewer,
            Alerts alerts,
            AlertChannels channels,
            AlertDeliveries deliveries,
            Projects projects,
            ApiKeys keys,
            Live live) {
        super(viewer);
        this.live = live;
        content.addClassName("artemis-stack");
        this.viewer = viewer;
        this.alerts = alerts;
        this.channels = channels;
        this.deliveries = deliveries;
        this.projects = projects;
        this.keys = keys;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.alerts"), scope);
        var head = new PageHead(translate("nav.alerts")).about(translate("alerts.about"));
        if (scope.may(Role.OWNER)) {
            head.action(adding(scope));
        }
        secrets.removeAll();
        var all = new Div(content);
        Seen now = look(scope);
        fill(scope, now);
        live.watch(
                all,
                scope.id(),
                Set.of(Topic.MONEY, Topic.SETTINGS),
                () -> look(scope),
                now,
                later -> fill(scope, later));
        add(head, secrets, all);
    }

    private Seen look(TeamScope scope) {
        return new Seen(
                scope.may(Role.OWNER) ? channels.all(scope.id()) : List.of(),
                alerts.latest(scope.id(), Alerts.LATEST),
                deliveries.latest(scope.id(), scope.caller(), Alerts.LATEST));
    }

    private void fill(TeamScope scope) {
        fill(scope, look(scope));
    }

    /** A secret that is shown once is no part of this: it stays until the page is left. */
    private void fill(TeamScope scope, Seen seen) {
        content.removeAll();
        long dead = seen.sent().stream()
                .filter(one -> one.status() == AlertDelivery.Status.DEAD)
                .count();
        if (dead > 0) {
            content.add(new Note(
                    Tone.WARN, translate("alerts.dead-note", scope.format().count(dead))));
        }
        if (scope.may(Role.OWNER)) {
            content.add(new Panel(translate("alerts.channels"), channels(scope, seen.channels())));
        }
        content.add(new Panel(translate("alerts.raised"), raised(scope, seen.raised())));
        if (!seen.sent().isEmpty()) {
            content.add(new Panel(translate("alerts.deliveries"), deliveries(scope, seen.sent())));
        }
    }

    private Component channels(TeamScope scope, List<AlertChannel> all) {
        if (all.isEmpty()) {
            return new EmptyState(
                    VaadinIcon.BELL_O,
                    translate("alerts.channel.none"),
                    translate("alerts.channel.none-why"),
                    adding(scope));
        }
        var grid = new Table<AlertChannel>();
        grid.setAllRowsVisible(true);
        grid.addColumn(channel -> translate("alerts.kind." + channel.kind()))
                .setHeader(translate("alerts.kind"))
                .setWidth("8rem")
                .setFlexGrow(0);
        grid.addColumn(AlertChannel::target)
                .setHeader(translate("alerts.target"))
                .setFlexGrow(3);
        grid.addColumn(channel -> ActorNames.said(channel.createdBy())).setHeader(translate("alerts.channel.by"));
        grid.addColumn(new ComponentRenderer<>(channel -> {
                    var remove = new Button(translate("alerts.channel.remove"), click -> remove(scope, channel));
                    remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
                    remove.setAriaLabel(translate("alerts.channel.remove") + ": " + channel.target());
                    return remove;
                }))
                .setHeader(translate("actions"))
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.setItems(all);
        return grid;
    }

    private Component raised(TeamScope scope, List<Alert> latest) {
        if (latest.isEmpty()) {
            return new EmptyState(
                    VaadinIcon.BELL_O,
                    translate("alerts.none"),
                    translate("alerts.none-why"),
                    new Link(Paths.budgets(scope.slug()), translate("nav.budgets")));
        }
        var format = scope.format();
        Map<UUID, Whose> whose = whose(scope, latest);
        var grid = new Table<Alert>();
        if (latest.size() <= AT_A_GLANCE) {
            grid.setAllRowsVisible(true);
        } else {
            grid.setHeight("36rem");
        }
        grid.addColumn(alert -> format.dateTime(alert.raisedAt()))
                .setHeader(translate("alerts.when"))
                .setWidth("11.25rem");
        grid.addColumn(new ComponentRenderer<>(alert -> {
                    Whose level = whose.getOrDefault(
                            alert.level(),
                            new Whose(
                                    switch (alert.scope()) {
                                        case TENANT -> scope.team().name();
                                        case PROJECT -> translate("project");
                                        case KEY -> translate("alerts.key-revoked");
                                    },
                                    alert.scope() == LimitScope.KEY ? "&key=" + alert.level() : ""));
                    return new Link(
                                    Paths.calls(scope.slug()) + "?"
                                            + CostPeriod.of(alert.period(), alert.periodStart())
                                                    .query() + level.query(),
                                    level.name())
                            .quiet();
                }))
                .setHeader(translate("alerts.level"))
                .setFlexGrow(2);
        grid.addColumn(alert -> switch (alert.period()) {
                    case DAILY -> format.date(alert.periodStart());
                    case MONTHLY -> format.month(YearMonth.from(alert.periodStart()));
                })
                .setHeader(translate("alerts.period"));
        grid.addColumn(alert -> format.number(alert.threshold()) + "\u00a0%").setHeader(translate("alerts.threshold"));
        grid.addColumn(alert -> format.money(alert.used()) + " / " + format.money(alert.limit()))
                .setHeader(translate("alerts.used"))
                .setWidth("12rem");
        grid.setItems(latest);
        return grid;
    }

    /** What a limit is called, and how the single calls are narrowed to what counts towards it. */
    private record Whose(String name, String query) {}

    private Map<UUID, Whose> whose(TeamScope scope, List<Alert> latest) {
        Map<UUID, Whose> whose = new HashMap<>();
        for (Project project : projects.all(scope.id())) {
            whose.put(project.id().value(), new Whose(project.name(), "&project=" + project.slug()));
        }
        if (latest.stream().anyMatch(alert -> alert.scope() == LimitScope.KEY)) {
            for (ApiKey key : keys.all(scope.id())) {
                Whose project = whose.get(key.project().value());
                if (project != null) {
                    whose.put(
                            key.id().value(),
                            new Whose(project.name() + ": " + key.name(), project.query() + "&key=" + key.id()));
                }
            }
        }
        return whose;
    }

    private Component deliveries(TeamScope scope, List<AlertDelivery> sent) {
        var format = scope.format();
        var grid = new Table<AlertDelivery>();
        grid.setHeight("22rem");
        grid.addColumn(AlertDelivery::target)
                .setHeader(translate("alerts.target"))
                .setFlexGrow(2);
        grid.addColumn(new ComponentRenderer<>(one -> new Badge(
                        translate("alerts.status." + one.status()),
                        switch (one.status()) {
                            case DELIVERED -> Tone.GOOD;
                            case WAITING -> Tone.BUSY;
                            case DEAD -> Tone.BAD;
                        })))
                .setHeader(translate("alerts.status"))
                .setWidth("9rem")
                .setFlexGrow(0);
        grid.addColumn(one -> format.count(one.tries()))
                .setHeader(translate("alerts.tries"))
                .setWidth("6rem")
                .setFlexGrow(0);
        grid.addColumn(one -> {
                    var when = one.deliveredAt() == null ? one.nextTryAt() : one.deliveredAt();
                    return when == null ? "–" : format.dateTime(when);
                })
                .setHeader(translate("alerts.sent-or-next"))
                .setWidth("11.25rem");
        grid.addColumn(one -> one.lastError() == null ? "" : Phrases.say(one.lastError()))
                .setHeader(translate("alerts.error"))
                .setFlexGrow(2);
        if (scope.may(Role.OWNER)) {
            grid.addColumn(new ComponentRenderer<>(one -> retry(scope, one)))
                    .setHeader(translate("actions"))
                    .setWidth("10rem")
                    .setFlexGrow(0);
        }
        grid.setItems(sent);
        return grid;
    }

    private Component retry(TeamScope scope, AlertDelivery delivery) {
        if (delivery.status() != AlertDelivery.Status.DEAD) {
            return new Div();
        }
        var retry = new Button(translate("alerts.retry"), click -> {
            Problems.attempt(() -> {
                deliveries.retry(viewer.acting(scope, Role.OWNER), scope.id(), delivery.id());
                Notices.done(translate("alerts.retried"));
            });
            fill(scope);
        });
        retry.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        retry.setAriaLabel(translate("alerts.retry") + ": " + delivery.target());
        return retry;
    }

    private Button adding(TeamScope scope) {
        var add = new Button(translate("alerts.channel.add"), VaadinIcon.PLUS.create(), click -> addChannel(scope));
        add.addThemeVariants(ButtonVariant.PRIMARY);
        return add;
    }

    private void addChannel(TeamScope scope) {
        var kind = new Select<AlertChannel.Kind>();
        kind.setLabel(translate("alerts.kind"));
        kind.setItems(AlertChannel.Kind.values());
        kind.setItemLabelGenerator(it -> translate("alerts.kind." + it));
        kind.setValue(AlertChannel.Kind.EMAIL);
        // some addresses of webhooks let in whoever knows them
        var target = Keep.not(new TextField(translate("alerts.target")));
        target.setHelperText(translate("alerts.target-help"));
        new FormDialog(
                        translate("alerts.channel.add"),
                        translate("alerts.channel.add"),
                        () -> Problems.attempt(Map.of("target", target), () -> {
                            AlertChannels.Made made = channels.add(
                                    viewer.acting(scope, Role.OWNER),
                                    scope.id(),
                                    kind.getValue(),
                                    target.getValue(),
                                    Tongue.of(UI.getCurrent().getLocale()));
                            fill(scope);
                            if (made.secret() == null) {
                                Notices.done(translate("alerts.channel.added"));
                            } else {
                                secrets.removeAll();
                                secrets.add(secret(made.secret()));
                            }
                        }))
                .with(kind, target)
                .open();
    }

    private static Note secret(String secret) {
        return new Note(Tone.GOOD, translate("alerts.secret"), new Snippet(secret));
    }

    private void remove(TeamScope scope, AlertChannel channel) {
        Ask.before(translate("alerts.channel.remove") + ": " + channel.target())
                .saying(translate("alerts.channel.remove-why"))
                .then(translate("alerts.channel.remove"), () -> {
                    channels.remove(viewer.acting(scope, Role.OWNER), scope.id(), channel.id());
                    Notices.done(translate("alerts.channel.removed"), () -> putBack(scope, channel));
                    fill(scope);
                });
    }

    private void putBack(TeamScope scope, AlertChannel channel) {
        Problems.attempt(() -> {
            channels.putBack(viewer.acting(scope, Role.OWNER), scope.id(), channel.id());
            Notices.done(translate("alerts.channel.added"));
        });
        fill(scope);
    }
}
