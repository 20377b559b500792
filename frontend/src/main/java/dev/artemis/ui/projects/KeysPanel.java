package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import dev.artemis.access.ApiKey;
import dev.artemis.access.ApiKeys;
import dev.artemis.access.NewApiKey;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.projects.Project;
import dev.artemis.shared.Role;
import dev.artemis.shared.Scope;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.budgets.EditLimits;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.DayField;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Snippet;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A project's keys: made, rotated, revoked by owners; developers see which there are. A secret is shown once. */
class KeysPanel extends Panel {

    private static final long serialVersionUID = 1;

    private static final Duration GRACE = Duration.ofHours(24);
    private static final List<Duration> GRACES = List.of(Duration.ZERO, Duration.ofHours(1), GRACE, Duration.ofDays(7));

    private final transient Viewer viewer;
    private final transient TeamScope scope;
    private final transient Project project;
    private final transient ApiKeys keys;
    private final transient Budgets budgets;
    private final transient EditLimits limits;
    private final transient ReachedAt reachedAt;
    private final transient Format format;

    KeysPanel(
            Viewer viewer,
            TeamScope scope,
            Project project,
            ApiKeys keys,
            Budgets budgets,
            EditLimits limits,
            ReachedAt reachedAt) {
        super(translate("keys.title"));
        this.viewer = viewer;
        this.scope = scope;
        this.project = project;
        this.keys = keys;
        this.budgets = budgets;
        this.limits = limits;
        this.reachedAt = reachedAt;
        this.format = scope.format();
        if (scope.may(Role.OWNER)) {
            aside(new Button(translate("keys.create"), VaadinIcon.PLUS.create(), click -> create()));
        }
        fill();
    }

    private void fill() {
        clear();
        List<ApiKey> all = keys.all(scope.id(), project.id());
        if (all.isEmpty()) {
            String why = scope.may(Role.OWNER)
                    ? translate("keys.none-why")
                    : translate("keys.none-why") + " " + translate("keys.ask-owner");
            add(new EmptyState(VaadinIcon.KEY_O, translate("keys.none"), why));
        } else {
            add(table(all));
        }
    }

    private Grid<ApiKey> table(List<ApiKey> all) {
        var grid = new Table<ApiKey>();
        grid.setAllRowsVisible(true);
        grid.addColumn(new ComponentRenderer<>(this::name))
                .setHeader(translate("name"))
                .setWidth("9.25rem");
        grid.addColumn(new ComponentRenderer<>(KeysPanel::scopes))
                .setHeader(translate("keys.scopes"))
                .setWidth("10.5rem");
        Map<Level, BudgetStatus> standing =
                budgets.standing(scope.id(), all.stream().map(KeysPanel::level).toList());
        grid.addColumn(new ComponentRenderer<>(key -> budget(Objects.requireNonNull(standing.get(level(key))))))
                .setHeader(translate("costs.budget"))
                .setWidth("9.5rem");
        grid.addColumn(key -> key.lastUsedAt() == null ? translate("never") : format.dateTime(key.lastUsedAt()))
                .setHeader(translate("keys.last-used"))
                .setWidth("7.5rem");
        grid.addColumn(key -> key.expiresAt() == null ? translate("never") : format.dateTime(key.expiresAt()))
                .setHeader(translate("keys.expires"))
                .setWidth("7.5rem");
        if (scope.may(Role.OWNER)) {
            grid.addColumn(new ComponentRenderer<>(this::actions))
                    .setHeader(translate("actions"))
                    .setWidth("15.5rem")
                    .setFlexGrow(0);
        }
        grid.setItems(all);
        return grid;
    }

    /** With who made it, and how long the secret before the last rotation is good still. */
    private Component name(ApiKey key) {
        List<String> history = new ArrayList<>();
        history.add(translate("keys.made-by", ActorNames.said(key.createdBy()), format.dateTime(key.createdAt())));
        if (key.rotatedAt() != null) {
            history.add(translate("keys.rotated", format.dateTime(key.rotatedAt())));
        }
        var name = new Div(new Div(key.name()), lines(history));
        if (key.graceUntil() != null) {
            var grace = new Badge(translate("keys.grace-until", format.dateTime(key.graceUntil())), Tone.WARN);
            // longer than its column
            grace.getStyle().set("white-space", "normal");
            name.add(grace);
        }
        return name;
    }

    private static Level level(ApiKey key) {
        return new Level.OfKey(key.id());
    }

    /** One below the other: a list that is cut off tells nobody what a key may do. */
    private static Component scopes(ApiKey key) {
        return lines(key.scopes().stream()
                .sorted()
                .map(it -> translate("keys.scope." + it.name()))
                .toList());
    }

    private Component budget(BudgetStatus status) {
        List<String> lines = status.windows().stream()
                .filter(window -> window.limit() != null)
                .map(window -> translate("budget." + window.period()) + ": "
                        + translate(
                                "budget.spent-of-spoken",
                                format.money(window.spent()),
                                format.money(Objects.requireNonNull(window.limit()))))
                .toList();
        return lines.isEmpty() ? new Span(translate("budget.state.unlimited")) : lines(lines);
    }

    private static Div lines(List<String> texts) {
        var lines = new Div();
        lines.addClassNames("artemis-small", "artemis-lines");
        texts.forEach(text -> lines.add(new Div(text)));
        return lines;
    }

    private Component actions(ApiKey key) {
        var limit = new Button(
                translate("keys.limits"),
                click -> limits.open(scope, level(key), translate("keys.limits-of", key.name()), this::fill));
        limit.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        limit.setAriaLabel(translate("keys.limits-of", key.name()));
        var rotate = new Button(translate("keys.rotate"), click -> rotate(key));
        var revoke = new Button(translate("keys.revoke"), click -> revoke(key));
        rotate.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
        revoke.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.ERROR, ButtonVariant.SMALL);
        rotate.setAriaLabel(translate("keys.rotate-of", key.name()));
        revoke.setAriaLabel(translate("keys.revoke-of", key.name()));
        var all = new Div(limit, rotate, revoke);
        all.addClassName("artemis-actions");
        return all;
    }

    private void create() {
        var name = new TextField(translate("name"));
        name.setPlaceholder(translate("keys.name-example"));
        var scopes = new CheckboxGroup<Scope>(translate("keys.scopes"));
        scopes.setItems(Arrays.asList(Scope.values()));
        scopes.setItemLabelGenerator(it -> translate("keys.scope." + it.name()));
        scopes.setValue(EnumSet.allOf(Scope.class));
        var daily = new AmountField(translate("budgets.daily-limit"));
        var monthly = new AmountField(translate("budgets.monthly-limit"));
        var expires = new DayField(translate("keys.expires"));
        expires.setClearButtonVisible(true);
        expires.setHelperText(translate("keys.expires-help"));
        var limits = new Div(daily, monthly);
        limits.addClassName("artemis-fields");
        new FormDialog(translate("keys.create"), translate("create"), () -> {
                    if (!(Checks.filled(name) & daily.check() & monthly.check() & expires.check())) {
                        return false;
                    }
                    LocalDate until = expires.getValue();
                    return Problems.attempt(
                            Map.of(
                                    "name", name,
                                    "scopes", scopes,
                                    "expires_at", expires,
                                    "daily_limit", daily,
                                    "monthly_limit", monthly),
                            () -> {
                                var issued = keys.create(
                                        viewer.acting(scope, Role.OWNER),
                                        scope.id(),
                                        project.id(),
                                        new NewApiKey(
                                                name.getValue(),
                                                scopes.getValue(),
                                                until == null
                                                        ? null
                                                        : until.atStartOfDay(format.zone())
                                                                .toInstant(),
                                                daily.amount().orElse(null),
                                                monthly.amount().orElse(null)));
                                fill();
                                reveal(issued.secret());
                            });
                })
                .with(name, scopes, limits, expires)
                .open();
    }

    private void rotate(ApiKey key) {
        var grace = new Select<Duration>();
        grace.setLabel(translate("keys.grace"));
        grace.setItems(GRACES);
        grace.setItemLabelGenerator(it -> translate("keys.grace." + it.toHours()));
        grace.setValue(GRACE);
        grace.setHelperText(translate("keys.grace-help"));
        new FormDialog(
                        translate("keys.rotate-of", key.name()),
                        translate("keys.rotate"),
                        () -> Problems.attempt(Map.of("grace_seconds", grace), () -> {
                            var issued = keys.rotate(
                                    viewer.acting(scope, Role.OWNER),
                                    scope.id(),
                                    project.id(),
                                    key.id(),
                                    grace.getValue());
                            fill();
                            reveal(issued.secret());
                        }))
                .with(new Paragraph(translate("keys.rotate-why")), grace)
                .open();
    }

    private void revoke(ApiKey key) {
        Ask.before(translate("keys.revoke-of", key.name()))
                .saying(translate("keys.revoke-why"))
                .then(translate("keys.revoke"), () -> {
                    keys.revoke(viewer.acting(scope, Role.OWNER), scope.id(), project.id(), key.id());
                    Notices.done(translate("keys.revoked", key.name()));
                    fill();
                });
    }

    private void reveal(String secret) {
        var dialog = new Dialog(translate("keys.made"));
        dialog.setCloseOnOutsideClick(false);
        dialog.setCloseOnEsc(false);
        var content = new Div(
                new Note(Tone.WARN, translate("keys.once")),
                new Snippet(secret),
                new Paragraph(translate("keys.try")),
                QuickStart.snippets(secret, reachedAt.address()));
        content.addClassName("artemis-form");
        content.getStyle().set("inline-size", "min(40rem, 84vw)");
        dialog.add(content);
        var done = new Button(translate("keys.kept"), click -> dialog.close());
        done.addThemeVariants(ButtonVariant.PRIMARY);
        dialog.getFooter().add(done);
        dialog.open();
    }
}
