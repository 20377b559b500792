package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.artemis.projects.Project;
import dev.artemis.runs.RunStatus;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which runs to list; each choice leads to its own address. */
class RunFilters extends Div {

    private static final long serialVersionUID = 1;

    private final transient List<Project> all;
    private final transient Consumer<RunsQuery> open;
    private final Select<Project> project = new Select<>();
    private final Select<RunStatus> status = new Select<>();
    private final TextField stage = text("run.stage");
    private final TextField card = text("run.card");
    private transient RunsQuery query;
    private boolean showing;

    RunFilters(List<Project> all, RunsQuery query, Consumer<RunsQuery> open) {
        this.all = all;
        this.query = query;
        this.open = open;
        addClassName("artemis-filters");
        project.setLabel(translate("project"));
        project.setEmptySelectionAllowed(true);
        project.setEmptySelectionCaption(translate("dashboard.all-projects"));
        project.setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        project.setItems(all);
        status.setLabel(translate("run.status"));
        status.setEmptySelectionAllowed(true);
        status.setEmptySelectionCaption(translate("runs.any-status"));
        status.setItemLabelGenerator(it -> it == null ? translate("runs.any-status") : RunWords.word(it));
        status.setItems(RunStatus.values());
        show(query);
        project.addValueChangeListener(change -> open(it -> it.withProject(
                change.getValue() == null ? null : change.getValue().slug().value())));
        status.addValueChangeListener(change -> open(it -> it.withStatus(change.getValue())));
        stage.addValueChangeListener(change -> open(it -> it.withStage(change.getValue())));
        card.addValueChangeListener(change -> open(it -> it.withCard(change.getValue())));
        add(project, status, stage, card);
    }

    /** What is asked for now. A field that says so already is left alone: somebody may be typing into it. */
    final void show(RunsQuery asked) {
        query = asked;
        showing = true;
        project.setValue(all.stream()
                .filter(it -> it.slug().value().equals(asked.project()))
                .findFirst()
                .orElse(null));
        status.setValue(asked.status());
        show(stage, asked.stage());
        show(card, asked.card());
        showing = false;
    }

    private static void show(TextField field, @Nullable String value) {
        if (!field.getValue().strip().equals(Objects.requireNonNullElse(value, ""))) {
            field.setValue(Objects.requireNonNullElse(value, ""));
        }
    }

    private void open(UnaryOperator<RunsQuery> change) {
        if (!showing) {
            open.accept(change.apply(query));
        }
    }

    private static TextField text(String label) {
        var field = new TextField(translate(label));
        field.setClearButtonVisible(true);
        field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        return field;
    }
}
