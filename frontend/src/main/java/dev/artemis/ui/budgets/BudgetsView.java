package dev.artemis.ui.budgets;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.budgets.BudgetStatus;
import dev.artemis.budgets.Budgets;
import dev.artemis.budgets.Level;
import dev.artemis.budgets.LimitPeriod;
import dev.artemis.budgets.LimitScope;
import dev.artemis.budgets.Limits;
import dev.artemis.projects.Project;
import dev.artemis.projects.Projects;
import dev.artemis.shared.Problem;
import dev.artemis.shared.Role;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.AmountField;
import dev.artemis.ui.parts.BudgetBar;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Limits of a team and its projects: an administrator sets the team's, an owner the projects'. */
@Route(value = "teams/:team/budgets", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.DEVELOPER, Role.FINANCE, Role.VIEWER})
class BudgetsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Budgets budgets;
    private final transient Projects projects;

    BudgetsView(Viewer viewer, Budgets budgets, Projects projects) {
        super(viewer);
        this.budgets = budgets;
        this.projects = projects;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.budgets"), scope);
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        add(new PageHead(translate("nav.budgets")).about(translate("budgets.about")));
        if (!scope.admin()) {
            add(new Note(Tone.CALM, translate("budgets.who")));
        }
        BudgetStatus status = budgets.status(scope.id(), null, null);
        add(panel(scope, scope.team().name(), new Level.WholeTenant(), status, scope.admin()));
        for (Project project : projects.all(scope.id())) {
            BudgetStatus ofProject = budgets.status(scope.id(), project.id(), null);
            add(panel(scope, project.name(), new Level.OfProject(project.id()), ofProject, scope.may(Role.OWNER)));
        }
    }

    private Panel panel(TeamScope scope, String name, Level level, BudgetStatus status, boolean mayEdit) {
        Limits limits = budgets.limits(scope.id(), level);
        var bars = new Div();
        bars.addClassName("artemis-row");
        for (LimitPeriod period : LimitPeriod.values()) {
            bars.add(bar(scope, status.window(level.scope(), period)));
        }
        String title = level.scope() == LimitScope.TENANT
                ? translate("budgets.of-team", name)
                : translate("budgets.of-project", name);
        var panel = new Panel(title, bars);
        if (mayEdit) {
            var edit = new Button(
                    translate("budgets.edit"), VaadinIcon.EDIT.create(), click -> edit(scope, title, level, limits));
            edit.setAriaLabel(translate("budgets.edit") + ": " + title);
            panel.aside(edit);
        }
        return panel;
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

    private void edit(TeamScope scope, String title, Level level, Limits before) {
        var daily = new AmountField(translate("budgets.daily-limit"));
        var monthly = new AmountField(translate("budgets.monthly-limit"));
        var thresholds = new TextField(translate("budgets.thresholds"));
        daily.setAmount(before.daily());
        monthly.setAmount(before.monthly());
        daily.setHelperText(translate("budgets.empty-is-none"));
        monthly.setHelperText(translate("budgets.zero-blocks"));
        thresholds.setValue(
                before.alertThresholds().stream().map(BigDecimal::toPlainString).collect(Collectors.joining(", ")));
        thresholds.setHelperText(translate("budgets.thresholds-help"));
        new FormDialog(title, translate("save"), () -> {
                    List<BigDecimal> percent = percentages(thresholds).orElse(null);
                    if (!(daily.check() & monthly.check()) || percent == null) {
                        return false;
                    }
                    Map<String, HasValidation> fields =
                            Map.of("daily_limit", daily, "monthly_limit", monthly, "alert_thresholds", thresholds);
                    return Problems.attempt(fields, () -> {
                        set(
                                scope,
                                level,
                                new Limits(
                                        daily.amount().orElse(null),
                                        monthly.amount().orElse(null),
                                        percent));
                        Notices.done(translate("budgets.saved"));
                        fill(scope);
                    });
                })
                .with(daily, monthly, thresholds)
                .open();
    }

    private void set(TeamScope scope, Level level, Limits limits) {
        boolean allowed = level instanceof Level.WholeTenant ? scope.admin() : scope.may(Role.OWNER);
        if (!allowed) {
            throw Problem.of(403, "missing-role", "This role may not set the budget.");
        }
        budgets.setLimits(scope.id(), level, limits);
    }

    private static Optional<List<BigDecimal>> percentages(TextField field) {
        try {
            List<BigDecimal> percent = Arrays.stream(field.getValue().split("[,;\\s]+"))
                    .filter(it -> !it.isBlank())
                    .map(BigDecimal::new)
                    .toList();
            field.setInvalid(false);
            return Optional.of(percent);
        } catch (NumberFormatException e) {
            Problems.fault(field, translate("budgets.thresholds-wrong"));
            return Optional.empty();
        }
    }
}
