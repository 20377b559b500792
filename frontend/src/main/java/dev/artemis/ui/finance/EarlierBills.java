package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.QueryParameters;
import dev.artemis.reconciliation.Reconciliation;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.ActorNames;
import dev.artemis.ui.parts.EmptyState;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Panel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reconciliations that were kept, each with a way to it: the page's address names the one that is shown. */
final class EarlierBills extends Panel {

    private static final long serialVersionUID = 1;
    private static final String SHOWN = "shown";

    EarlierBills(String page, List<Reconciliation> latest, Format format) {
        super(translate("finance.earlier"));
        if (latest.isEmpty()) {
            add(new EmptyState(
                    VaadinIcon.FILE_TEXT_O, translate("finance.no-bills"), translate("finance.no-bills-why")));
            return;
        }
        var list = new UnorderedList();
        for (Reconciliation each : latest) {
            list.add(new ListItem(
                    new Link(page + "?" + naming(each.id()).getQueryString(), each.file()),
                    new Span(" · " + format.date(each.from()) + " – " + format.date(each.to()) + " · "
                            + format.dateTime(each.at()) + " · " + ActorNames.said(each.by()))));
        }
        add(list);
    }

    /** What a page's address says of the one that it shows. */
    static QueryParameters naming(UUID id) {
        return QueryParameters.of(SHOWN, id.toString());
    }

    /** The one that the address names. */
    static Optional<UUID> shown(BeforeEnterEvent event) {
        return event.getLocation()
                .getQueryParameters()
                .getSingleParameter(SHOWN)
                .flatMap(EarlierBills::id);
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
