package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.notices.Topic;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.shared.Role;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.util.List;
import java.util.Set;

/** A provider's bill held against the team's ledger: uploaded, compared by model and day, kept. */
@Route(value = "teams/:team/reconciliation", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.FINANCE})
class ReconciliationView extends TeamPage {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Reconciliations reconciliations;
    private final transient Live live;

    ReconciliationView(Viewer viewer, Reconciliations reconciliations, Live live) {
        super(viewer);
        this.viewer = viewer;
        this.reconciliations = reconciliations;
        this.live = live;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("finance.reconciliation"), scope);
        String here = Paths.reconciliation(scope.slug());
        add(
                new PageHead(translate("finance.reconciliation")).about(translate("finance.reconciliation-about")),
                new FinanceTabs(scope.slug(), here));
        if (scope.mayChange(Role.OWNER, Role.FINANCE)) {
            add(new Panel(
                    translate("finance.upload"),
                    new BillUpload(reconciliations.providers(scope.id()), bill -> reconcile(scope, bill))));
        }
        EarlierBills.shown(event)
                .flatMap(id -> reconciliations.find(scope.id(), id))
                .ifPresent(found -> add(new FindingsPanel(found, scope.format())));
        var earlier = new Div();
        List<Reconciliation> latest = reconciliations.latest(scope.id());
        fill(earlier, here, latest, scope);
        live.watch(
                earlier,
                scope.id(),
                Set.of(Topic.SETTINGS),
                () -> reconciliations.latest(scope.id()),
                latest,
                later -> fill(earlier, here, later, scope));
        add(earlier);
    }

    private static void fill(Div earlier, String here, List<Reconciliation> latest, TeamScope scope) {
        earlier.removeAll();
        earlier.add(new EarlierBills(here, latest, scope.format()));
    }

    private void reconcile(TeamScope scope, BillFile bill) {
        Reconciliation done =
                reconciliations.reconcile(viewer.acting(scope, Role.OWNER, Role.FINANCE), scope.id(), bill);
        UI.getCurrent().navigate(Paths.reconciliation(scope.slug()), EarlierBills.naming(done.id()));
    }
}
