package dev.artemis.ui.admin;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.Route;
import dev.artemis.configuration.Finding;
import dev.artemis.configuration.StartupReport;
import dev.artemis.configuration.StartupReports;
import dev.artemis.ui.MainLayout;
import dev.artemis.ui.Paths;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.PageHead;
import dev.artemis.ui.parts.Panel;
import dev.artemis.ui.parts.Tone;
import jakarta.annotation.security.RolesAllowed;
import java.time.ZoneId;
import java.util.Comparator;

/** How the platform stands: the last check of its configuration, fault by fault, and what to do about it. */
@Route(value = Paths.ADMIN_HEALTH, layout = MainLayout.class)
@RolesAllowed("ADMIN")
class HealthView extends AdminPage {

    private static final long serialVersionUID = 1;

    private final transient StartupReports checks;

    HealthView(Viewer viewer, StartupReports checks) {
        super(viewer, translate("nav.health"));
        this.checks = checks;
    }

    @Override
    void show(BeforeEnterEvent event) {
        show(checks.last());
    }

    private void show(StartupReport report) {
        removeAll();
        var again = new Button(translate("health.again"), VaadinIcon.REFRESH.create(), click -> show(checks.again()));
        var format = new Format(UI.getCurrent().getLocale(), ZoneId.of("UTC"));
        add(
                new PageHead(translate("nav.health"))
                        .about(translate("health.checked", format.precise(report.at())))
                        .action(again),
                new Note(tone(report.verdict()), translate("health.verdict." + report.verdict())));
        var list = new UnorderedList();
        list.addClassName("artemis-list");
        report.findings().stream()
                .sorted(Comparator.comparing(Finding::verdict).reversed())
                .map(HealthView::line)
                .forEach(list::add);
        add(new Panel(translate("health.checks"), list));
    }

    private static ListItem line(Finding finding) {
        var subject = new Span(finding.subject());
        subject.getElement().setAttribute("class", "artemis-strong");
        var detail = new Div(finding.detail());
        detail.addClassName("artemis-quiet");
        var words = new Div(subject, detail);
        if (finding.remedy() != null) {
            words.add(new Div(finding.remedy()));
        }
        return new ListItem(
                words, new Badge(translate("health.finding." + finding.verdict()), tone(finding.verdict())));
    }

    private static Tone tone(Finding.Verdict verdict) {
        return switch (verdict) {
            case PASS -> Tone.GOOD;
            case WARN -> Tone.WARN;
            case FAIL -> Tone.BAD;
        };
    }
}
