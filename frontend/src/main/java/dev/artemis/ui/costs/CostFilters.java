package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.datepicker.DatePicker;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.artemis.projects.Project;
import dev.artemis.reports.Dimension;
import dev.artemis.ui.Paths;
import dev.artemis.ui.TeamScope;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the costs page shows: when, of which project, by what, and of what alone. Each choice is another address. */
class CostFilters extends Div {

    private static final long serialVersionUID = 1;

    private final transient TeamScope scope;
    private final transient Wanted wanted;
    private final transient CostPeriod period;

    CostFilters(TeamScope scope, List<Project> all, Wanted wanted, CostPeriod period, Map<String, String> names) {
        this.scope = scope;
        this.wanted = wanted;
        this.period = period;
        addClassName("artemis-filters");
        add(preset());
        if (wanted.preset() == Wanted.Preset.CUSTOM) {
            add(days());
        }
        add(project(all), by(), then());
        if (!wanted.only().isEmpty()) {
            add(new NarrowedTo(wanted.only(), names, dimension -> open(wanted.without(dimension))));
        }
    }

    static Optional<Project> find(List<Project> all, @Nullable String slug) {
        return all.stream().filter(it -> it.slug().value().equals(slug)).findFirst();
    }

    private Select<Wanted.Preset> preset() {
        var preset = new Select<Wanted.Preset>();
        preset.setLabel(translate("costs.period"));
        preset.setItemLabelGenerator(it -> translate("costs.period." + it));
        preset.setItems(Wanted.Preset.values());
        preset.setValue(wanted.preset());
        preset.addValueChangeListener(change -> open(
                change.getValue() == Wanted.Preset.CUSTOM
                        ? wanted.withDays(period)
                        : wanted.withPreset(change.getValue())));
        return preset;
    }

    private Select<Project> project(List<Project> all) {
        var project = new Select<Project>();
        project.setLabel(translate("project"));
        project.setEmptySelectionAllowed(true);
        project.setEmptySelectionCaption(translate("dashboard.all-projects"));
        project.setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        project.setItems(all);
        project.setValue(find(all, wanted.project()).orElse(null));
        project.addValueChangeListener(change -> open(wanted.withProject(
                change.getValue() == null ? null : change.getValue().slug().value())));
        return project;
    }

    private Select<Dimension> by() {
        var by = new Select<Dimension>();
        by.setLabel(translate("costs.group"));
        by.setItemLabelGenerator(it -> translate("costs.dimension." + it));
        by.setItems(groupings().toList());
        by.setValue(wanted.by());
        by.addValueChangeListener(change -> open(wanted.withBy(change.getValue())));
        return by;
    }

    private Select<Dimension> then() {
        var then = new Select<Dimension>();
        then.setLabel(translate("costs.then"));
        then.setEmptySelectionAllowed(true);
        then.setEmptySelectionCaption(translate("costs.then-none"));
        then.setItemLabelGenerator(
                it -> it == null ? translate("costs.then-none") : translate("costs.dimension." + it));
        then.setItems(groupings().filter(it -> it != wanted.by()).toList());
        then.setValue(wanted.then());
        then.addValueChangeListener(change -> open(wanted.withThen(change.getValue())));
        return then;
    }

    /** A team's page has one team. */
    private static Stream<Dimension> groupings() {
        return Arrays.stream(Dimension.values()).filter(it -> it != Dimension.TENANT);
    }

    private Component days() {
        var from = new DatePicker(translate("costs.from"), period.from());
        var last = new DatePicker(translate("costs.to"), period.to().minusDays(1));
        last.setMin(period.from());
        from.setMax(period.to().minusDays(1));
        from.addValueChangeListener(change -> {
            if (change.getValue() != null && change.getValue().isBefore(period.to())) {
                open(wanted.withDays(new CostPeriod(change.getValue(), period.to())));
            }
        });
        last.addValueChangeListener(change -> {
            if (change.getValue() != null && !change.getValue().isBefore(period.from())) {
                open(wanted.withDays(
                        new CostPeriod(period.from(), change.getValue().plusDays(1))));
            }
        });
        var both = new Div(from, last);
        both.addClassName("artemis-filters");
        return both;
    }

    private void open(Wanted other) {
        UI.getCurrent().navigate(Paths.costs(scope.slug()), other.query());
    }
}
