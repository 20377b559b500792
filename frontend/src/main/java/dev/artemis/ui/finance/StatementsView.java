package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.data.renderer.ComponentRenderer;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.schedules.SavedReports;
import dev.artemis.shared.Role;
import dev.artemis.shared.TenantId;
import dev.artemis.statements.Statement;
import dev.artemis.statements.Statements;
import dev.artemis.statements.Verification;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Meanwhile;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.Ask;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Notices;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Table;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.PermitAll;
import java.time.YearMonth;
import java.util.List;

/** A team's months: closed, sealed, and what is charged for them. */
@Route(value = "teams/:team/statements", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.FINANCE})
class StatementsView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Statements statements;
    private final transient SavedReports reports;
    private final transient ChargebackPanel.Rates rates;

    StatementsView(Viewer viewer, Statements statements, SavedReports reports, ChargebackPanel.Rates rates) {
        super(viewer);
        this.viewer = viewer;
        this.statements = statements;
        this.reports = reports;
        this.rates = rates;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("nav.finance"), scope);
        fill(scope);
    }

    @Override
    protected void settingsChanged(TeamScope scope) {
        fill(scope);
    }

    private void fill(TeamScope scope) {
        removeAll();
        Format format = scope.format();
        List<Statement> all = statements.all(scope.id());
        var head = new PageHead(translate("nav.finance"))
                .about(translate("finance.about", scope.team().timeZone().getId()));
        if (scope.mayChange(Role.OWNER, Role.FINANCE)) {
            statements.next(scope.id()).ifPresent(month -> head.action(close(scope, month)));
        }
        add(head, new FinanceTabs(scope.slug(), Paths.statements(scope.slug())));
        int lost = reports.lost(scope.id());
        if (lost > 0) {
            add(new Note(
                    Tone.WARN,
                    translate("reports.lost", format.count(lost)),
                    new Link(Paths.savedReports(scope.slug()), translate("finance.reports"))));
        }
        add(new Panel(translate("finance.statements"), all.isEmpty() ? nothing() : table(scope, all, format)));
        add(rates.panel(scope));
    }

    private Button close(TeamScope scope, YearMonth month) {
        var close = new Button(
                translate("finance.close", scope.format().month(month)),
                VaadinIcon.LOCK.create(),
                click -> ask(scope, month));
        close.addThemeVariants(ButtonVariant.PRIMARY);
        return close;
    }

    private static Component nothing() {
        return new EmptyState(
                VaadinIcon.LOCK, translate("finance.no-statements"), translate("finance.no-statements-why"));
    }

    private Grid<Statement> table(TeamScope scope, List<Statement> all, Format format) {
        var grid = new Table<Statement>();
        grid.setAllRowsVisible(true);
        grid.addColumn(Statement::number)
                .setHeader(translate("finance.number"))
                .setWidth("3.75rem")
                .setFlexGrow(0);
        grid.addColumn(statement -> format.month(statement.month()))
                .setHeader(translate("costs.dimension.month"))
                // "September 2026" in one line
                .setWidth("8.9rem")
                .setFlexGrow(0);
        grid.addColumn(statement -> format.money(statement.cost()))
                .setHeader(translate("costs.cost"))
                .setTooltipGenerator(statement -> format.exact(statement.cost()))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("8.5rem");
        grid.addColumn(statement -> statement.budget() == null ? "–" : format.money(statement.budget()))
                .setHeader(translate("costs.budget"))
                .setTooltipGenerator(statement -> statement.budget() == null ? null : format.exact(statement.budget()))
                .setTextAlign(ColumnTextAlign.END)
                .setWidth("8rem");
        grid.addColumn(statement ->
                        ActorNames.said(statement.closedBy()) + ", " + format.dateTime(statement.closedAt()))
                .setHeader(translate("finance.closed-by"))
                .setWidth("13.25rem")
                .setFlexGrow(2);
        grid.addColumn(statement ->
                        statement.seal() == null ? "…" : statement.seal().sha256())
                .setHeader(translate("finance.seal"))
                .setTooltipGenerator(statement -> translate("finance.seal-help"))
                .setWidth("8.75rem");
        grid.addColumn(new ComponentRenderer<>(statement -> {
                    var verify = new Button(translate("finance.verify"));
                    verify.setDisableOnClick(true);
                    verify.addClickListener(click -> verify(scope, statement, verify));
                    verify.addThemeVariants(ButtonVariant.TERTIARY);
                    verify.setAriaLabel(translate("finance.verify") + " " + format.month(statement.month()));
                    return verify;
                }))
                .setHeader(translate("finance.check"))
                .setWidth("8.25rem");
        grid.setItems(all);
        grid.getElement().setAttribute("aria-label", translate("finance.statements"));
        return grid;
    }

    private void ask(TeamScope scope, YearMonth month) {
        String name = scope.format().month(month);
        Ask.before(translate("finance.close", name))
                .saying(translate("finance.close-why"))
                .then(translate("finance.close", name), () -> {
                    Statement closed =
                            statements.close(viewer.acting(scope, Role.OWNER, Role.FINANCE), scope.id(), month);
                    Notices.done(translate("finance.closed", name, String.valueOf(closed.number())));
                    fill(scope);
                });
    }

    /** A month of many calls takes seconds. */
    private void verify(TeamScope scope, Statement statement, Button verify) {
        TenantId team = scope.id();
        Meanwhile.does(
                this,
                () -> statements.verify(team, statement.month()),
                verification -> {
                    verify.setEnabled(true);
                    say(verification, statement, scope.format());
                },
                () -> verify.setEnabled(true));
    }

    private static void say(Verification verification, Statement statement, Format format) {
        String month = format.month(statement.month());
        if (verification.holds()) {
            Notices.done(translate("finance.holds", month));
        } else {
            Notices.failed(translate("finance.broken", month, format.exact(verification.costNow())));
        }
    }
}
