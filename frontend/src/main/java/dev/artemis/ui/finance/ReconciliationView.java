package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.artemis.reconciliation.ColumnMapping;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.reconciliation.Reconciliations;
import dev.artemis.shared.Role;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamPage;
import dev.artemis.ui.TeamRoles;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import jakarta.annotation.security.PermitAll;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A provider's bill held against the team's ledger: uploaded, compared by model and day, kept. */
@Route(value = "teams/:team/reconciliation", layout = MainLayout.class)
@PermitAll
@TeamRoles({Role.OWNER, Role.FINANCE})
class ReconciliationView extends TeamPage {

    private static final long serialVersionUID = 1;
    private static final int MOST_BYTES = 16 * 1024 * 1024;
    private static final String SHOWN = "shown";

    private final transient Viewer viewer;
    private final transient Reconciliations reconciliations;
    private final TextField day = column("finance.day-column");
    private final TextField model = column("finance.model-column");
    private final TextField cost = column("finance.cost-column");

    ReconciliationView(Viewer viewer, Reconciliations reconciliations) {
        super(viewer);
        this.viewer = viewer;
        this.reconciliations = reconciliations;
    }

    @Override
    protected void show(TeamScope scope, BeforeEnterEvent event) {
        title(translate("finance.reconciliation"), scope);
        String here = Paths.reconciliation(scope.slug());
        add(
                new PageHead(translate("finance.reconciliation")).about(translate("finance.reconciliation-about")),
                new FinanceTabs(scope.slug(), here),
                new Panel(translate("finance.upload"), upload(scope)));
        event.getLocation()
                .getQueryParameters()
                .getSingleParameter(SHOWN)
                .flatMap(ReconciliationView::id)
                .flatMap(id -> reconciliations.find(scope.id(), id))
                .ifPresent(found -> add(new FindingsPanel(found, scope.format())));
        List<Reconciliation> latest = reconciliations.latest(scope.id());
        if (!latest.isEmpty()) {
            add(new Panel(translate("finance.earlier"), list(scope, latest)));
        }
    }

    private static TextField column(String key) {
        return new TextField(translate(key));
    }

    private Component upload(TeamScope scope) {
        var upload = new Upload(UploadHandler.inMemory((file, bytes) -> reconcile(scope, file.fileName(), bytes)));
        upload.setAcceptedFileExtensions(".csv");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(MOST_BYTES);
        var columns = new Div(day, model, cost);
        columns.addClassName("artemis-filters");
        return new Div(
                new Paragraph(translate("finance.upload-about")),
                upload,
                new Details(
                        translate("finance.other-layout"), new Paragraph(translate("finance.columns-about")), columns));
    }

    private void reconcile(TeamScope scope, String name, byte[] bytes) {
        Problems.attempt(() -> {
            Reconciliation done = reconciliations.reconcile(
                    viewer.acting(scope, Role.OWNER, Role.FINANCE),
                    scope.id(),
                    name,
                    new ByteArrayInputStream(bytes),
                    mapping());
            UI.getCurrent().navigate(address(scope, done.id()));
        });
    }

    private @Nullable ColumnMapping mapping() {
        return day.isEmpty() && model.isEmpty() && cost.isEmpty()
                ? null
                : new ColumnMapping(
                        day.getValue().strip(),
                        model.getValue().strip(),
                        cost.getValue().strip(),
                        null);
    }

    private static Component list(TeamScope scope, List<Reconciliation> latest) {
        Format format = scope.format();
        var list = new UnorderedList();
        for (Reconciliation each : latest) {
            list.add(new ListItem(
                    new Link(address(scope, each.id()), each.file()),
                    new Span(" · " + format.date(each.from()) + " – " + format.date(each.to()) + " · "
                            + format.dateTime(each.at()) + " · " + each.by())));
        }
        return list;
    }

    private static String address(TeamScope scope, UUID id) {
        return Paths.reconciliation(scope.slug()) + "?" + SHOWN + "=" + id;
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
