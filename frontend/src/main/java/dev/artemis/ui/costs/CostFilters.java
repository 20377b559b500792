package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.UI;
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

/** What the costs page shows: when, of which project, by what, and of what alone. Each choice is another address. */
class CostFilters extends Div {

    private static final long serialVersionUID = 1;

    private final String path;
    private final List<Dimension> groupings;
    private final transient Wanted wanted;
    private final transient CostPeriod period;

    /** A team's: its page has one team. */
    CostFilters(TeamScope scope, List<Project> all, Wanted wanted, CostPeriod period, Map<String, String> names) {
        this(
                Paths.costs(scope.slug()),
                Arrays.stream(Dimension.values())
                        .filter(it -> it != Dimension.TENANT)
                        .toList(),
                wanted,
                period);
        fill(Optional.of(new ProjectChoice(all, wanted.project(), slug -> open(wanted.withProject(slug)))), names);
    }

    /** Those of all teams: projects are chosen on the page of their team. */
    CostFilters(Wanted wanted, CostPeriod period, Map<String, String> names) {
        this(Paths.ALL_COSTS, List.of(Dimension.values()), wanted, period);
        fill(Optional.empty(), names);
    }

    private CostFilters(String path, List<Dimension> groupings, Wanted wanted, CostPeriod period) {
        this.path = path;
        this.groupings = groupings;
        this.wanted = wanted;
        this.period = period;
        addClassName("artemis-filters");
    }

    private void fill(Optional<ProjectChoice> project, Map<String, String> names) {
        add(preset());
        if (wanted.preset() == Wanted.Preset.CUSTOM) {
            add(new DaysChoice(period, days -> open(wanted.withDays(days))));
        }
        project.ifPresent(this::add);
        add(by(), then());
        if (!wanted.only().isEmpty()) {
            add(new NarrowedTo(wanted.only(), names, dimension -> open(wanted.without(dimension))));
        }
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

    private Select<Dimension> by() {
        var by = new Select<Dimension>();
        by.setLabel(translate("costs.group"));
        by.setItemLabelGenerator(it -> translate("costs.dimension." + it));
        by.setItems(groupings);
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
        then.setItems(groupings.stream().filter(it -> it != wanted.by()).toList());
        then.setValue(wanted.then());
        then.addValueChangeListener(change -> open(wanted.withThen(change.getValue())));
        return then;
    }

    private void open(Wanted other) {
        UI.getCurrent().navigate(path, other.query());
    }
}
