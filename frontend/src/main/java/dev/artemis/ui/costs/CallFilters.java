package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.projects.Project;
import dev.artemis.reports.Dimension;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Which single calls to list; each choice leads to its own address. */
class CallFilters extends Div {

    private static final long serialVersionUID = 1;

    private static final Set<Dimension> TYPED = EnumSet.of(Dimension.STAGE, Dimension.MODEL, Dimension.CARD);

    private final transient List<Project> all;
    private final transient Consumer<CallsQuery> open;
    private final ProjectChoice project;
    private final DaysChoice days;
    private final Map<Dimension, TextField> typed = new EnumMap<>(Dimension.class);
    private transient CallsQuery query;
    private boolean showing;

    CallFilters(List<Project> all, CallsQuery query, Consumer<CallsQuery> open) {
        this.all = all;
        this.query = query;
        this.open = open;
        this.project = new ProjectChoice(all, query.project(), slug -> open(it -> it.ofProject(slug)));
        this.days = new DaysChoice(query.days(), chosen -> open(it -> it.in(chosen)));
        addClassName("artemis-filters");
        add(project, days);
        for (Dimension dimension : TYPED) {
            var field = new TextField(translate("costs.dimension." + dimension));
            field.setValue(query.only().getOrDefault(dimension, ""));
            field.setClearButtonVisible(true);
            field.setWidth("8rem"); // beside the others in one line
            field.addValueChangeListener(change -> open(it -> it.with(dimension, change.getValue())));
            typed.put(dimension, field);
            add(field);
        }
    }

    /** Whether a field tells how the query is narrowed by that dimension: one that asks for what has none is told by no text. */
    static boolean tells(CallsQuery query, Dimension dimension) {
        return TYPED.contains(dimension)
                && !query.only().getOrDefault(dimension, "").isEmpty();
    }

    /** What is asked for now. A field that says so already is left alone: somebody may be typing into it. */
    void show(CallsQuery asked) {
        query = asked;
        showing = true;
        project.setValue(ProjectChoice.find(all, asked.project()).orElse(null));
        days.show(asked.days());
        typed.forEach((dimension, field) -> {
            String value = asked.only().getOrDefault(dimension, "");
            if (!field.getValue().strip().equals(value)) {
                field.setValue(value);
            }
        });
        showing = false;
    }

    private void open(UnaryOperator<CallsQuery> change) {
        if (!showing) {
            open.accept(change.apply(query));
        }
    }
}
