package dev.artemis.ui.dashboard;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Text;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import dev.artemis.alerts.Alert;
import dev.artemis.projects.Project;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.costs.CostPeriod;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Badge;
import dev.artemis.ui.parts.Link;
import dev.artemis.ui.parts.Tone;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Thresholds that were reached, newest first. */
class AlertList extends Div {

    private static final long serialVersionUID = 1;

    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private final transient Map<UUID, Project> projects;
    private final transient Format format;
    private final String toCalls;

    AlertList(TeamScope scope, List<Project> projects) {
        this.projects = projects.stream().collect(Collectors.toMap(it -> it.id().value(), Function.identity()));
        this.format = scope.format();
        this.toCalls = Paths.calls(scope.slug());
    }

    /** @param keys what to call keys, by id */
    void show(List<Alert> alerts, Map<String, String> keys) {
        removeAll();
        if (alerts.isEmpty()) {
            var nothing = new Paragraph(translate("dashboard.no-alerts"));
            nothing.addClassName("artemis-quiet");
            add(nothing);
            return;
        }
        var list = new UnorderedList();
        list.addClassName("artemis-list");
        alerts.stream().map(alert -> line(alert, keys)).forEach(list::add);
        add(list);
    }

    /** The single calls that count towards its limit. */
    private String calls(Alert alert) {
        String days = toCalls + "?"
                + CostPeriod.of(alert.period(), alert.periodStart()).query();
        return switch (alert.scope()) {
            case TENANT -> days;
            case PROJECT ->
                Optional.ofNullable(projects.get(alert.level()))
                        .map(project -> days + "&project=" + project.slug())
                        .orElse(days);
            case KEY -> days + "&key=" + alert.level();
        };
    }

    private ListItem line(Alert alert, Map<String, String> keys) {
        boolean used = alert.threshold().compareTo(ALL) >= 0;
        String whose = switch (alert.scope()) {
            case TENANT -> translate("dashboard.alert.tenant");
            case PROJECT ->
                Optional.ofNullable(projects.get(alert.level()))
                        .map(Project::name)
                        .orElseGet(() -> translate("project"));
            case KEY -> keys.getOrDefault(alert.level().toString(), translate("dashboard.alert.key"));
        };
        var words = new Div(
                new Badge(format.number(alert.threshold()) + "\u00a0%", used ? Tone.BAD : Tone.WARN),
                new Text(" "),
                new Link(
                                calls(alert),
                                translate(
                                        "dashboard.alert." + alert.period(),
                                        whose,
                                        format.money(alert.used()),
                                        format.money(alert.limit())))
                        .quiet());
        var when = new Span(format.dateTime(alert.raisedAt()));
        when.addClassNames("artemis-quiet", "artemis-small");
        return new ListItem(words, when);
    }
}
