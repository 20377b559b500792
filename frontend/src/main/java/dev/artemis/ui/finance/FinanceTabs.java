package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Nav;
import dev.artemis.shared.Slug;
import dev.artemis.ui.Paths;
import dev.artemis.ui.parts.Link;

/** The ways between finance's pages of a team. */
final class FinanceTabs extends Nav {

    private static final long serialVersionUID = 1;

    FinanceTabs(Slug team, String here) {
        addClassName("artemis-tabs");
        getElement().setAttribute("aria-label", translate("nav.finance"));
        link("finance.statements", Paths.statements(team), here);
        link("finance.reconciliation", Paths.reconciliation(team), here);
        link("finance.reports", Paths.savedReports(team), here);
    }

    private void link(String key, String path, String here) {
        Link link = new Link(path, translate(key)).quiet();
        if (path.equals(here)) {
            link.getElement().setAttribute("aria-current", "page");
        }
        add(link);
    }
}
