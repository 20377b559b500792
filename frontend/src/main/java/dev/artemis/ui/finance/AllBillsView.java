package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Main;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.ui.Live;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneOffset;
import java.util.List;

/** A provider's bill of an account that several teams use, held against all teams' ledgers together. */
@Route(value = Paths.ALL_BILLS, layout = MainLayout.class)
@RolesAllowed({"ADMIN", "FINANCE"})
class AllBillsView extends Main implements BeforeEnterObserver, HasDynamicTitle {

    private static final long serialVersionUID = 1;

    private final transient Viewer viewer;
    private final transient Reconciliations reconciliations;
    private final transient Live live;

    AllBillsView(Viewer viewer, Reconciliations reconciliations, Live live) {
        this.viewer = viewer;
        this.live = live;
        this.reconciliations = reconciliations;
        addClassName("artemis-page");
        setId("content");
    }

    @Override
    public String getPageTitle() {
        return translate("nav.all-bills") + " · Artemis";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        viewer.platformFinance();
        removeAll();
        var format = new Format(UI.getCurrent().getLocale(), ZoneOffset.UTC);
        add(
                new PageHead(translate("nav.all-bills")).about(translate("finance.all-bills-about")),
                new Panel(
                        translate("finance.upload"),
                        new BillUpload(reconciliations.providersOfAll(), this::reconcile)));
        EarlierBills.shown(event)
                .flatMap(reconciliations::findOfAll)
                .ifPresent(found -> add(new FindingsPanel(found, format)));
        var earlier = new Div();
        List<Reconciliation> latest = reconciliations.latestOfAll();
        fill(earlier, latest, format);
        live.watchPlatform(earlier, reconciliations::latestOfAll, latest, later -> fill(earlier, later, format));
        add(earlier);
    }

    private static void fill(Div earlier, List<Reconciliation> latest, Format format) {
        earlier.removeAll();
        earlier.add(new EarlierBills(Paths.ALL_BILLS, latest, format));
    }

    private void reconcile(BillFile bill) {
        Reconciliation done = reconciliations.reconcileAll(viewer.platformFinance(), bill);
        UI.getCurrent().navigate(Paths.ALL_BILLS, EarlierBills.naming(done.id()));
    }
}
