package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.artemis.projects.Project;
import dev.artemis.runs.RunStatus;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which runs to list; each choice leads to its own address. */
class RunFilters extends Div {

    private static final long serialVersionUID = 1;

    RunFilters(List<Project> all, @Nullable Project chosen, RunsQuery query, Consumer<RunsQuery> open) {
        addClassName("artemis-filters");
        var project = new Select<Project>();
        project.setLabel(translate("project"));
        project.setEmptySelectionAllowed(true);
        project.setEmptySelectionCaption(translate("dashboard.all-projects"));
        project.setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        project.setItems(all);
        project.setValue(chosen);
        project.addValueChangeListener(change -> open.accept(query.withProject(
                change.getValue() == null ? null : change.getValue().slug().value())));
        var status = new Select<RunStatus>();
        status.setLabel(translate("run.status"));
        status.setEmptySelectionAllowed(true);
        status.setEmptySelectionCaption(translate("runs.any-status"));
        status.setItemLabelGenerator(it -> it == null ? translate("runs.any-status") : RunWords.word(it));
        status.setItems(RunStatus.values());
        status.setValue(query.status());
        status.addValueChangeListener(change -> open.accept(query.withStatus(change.getValue())));
        TextField stage = text("run.stage", query.stage());
        stage.addValueChangeListener(change -> open.accept(query.withStage(change.getValue())));
        TextField card = text("run.card", query.card());
        card.addValueChangeListener(change -> open.accept(query.withCard(change.getValue())));
        add(project, status, stage, card);
    }

    private static TextField text(String label, @Nullable String value) {
        var field = new TextField(translate(label));
        field.setClearButtonVisible(true);
        field.setValue(value == null ? "" : value);
        field.setValueChangeMode(ValueChangeMode.ON_CHANGE);
        return field;
    }
}
