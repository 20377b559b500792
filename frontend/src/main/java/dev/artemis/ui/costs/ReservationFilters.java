package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.budgets.HeldQuery;
import dev.artemis.budgets.HoldStatus;
import dev.artemis.projects.Project;
import dev.artemis.reports.Dimension;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Which reservations are asked for; the fields stay while what was found changes. */
final class ReservationFilters extends Div {

    private static final long serialVersionUID = 1;

    private final transient List<Project> all;
    private final transient Consumer<ReservationsQuery> open;
    private final ProjectChoice project;
    private final Select<HoldStatus> status = new Select<>();
    private final TextField stage = text(Dimension.STAGE);
    private final TextField model = text(Dimension.MODEL);
    private final TextField card = text(Dimension.CARD);
    private transient ReservationsQuery query;
    private boolean showing;

    ReservationFilters(List<Project> all, ReservationsQuery query, Consumer<ReservationsQuery> open) {
        this.all = all;
        this.query = query;
        this.open = open;
        this.project = new ProjectChoice(all, query.project(), slug -> open(it -> it.ofProject(slug)));
        status.setLabel(translate("run.status"));
        status.setEmptySelectionAllowed(true);
        status.setEmptySelectionCaption(translate("runs.any-status"));
        status.setItemLabelGenerator(
                it -> it == null ? translate("runs.any-status") : translate("reservations.status." + it));
        status.setItems(HoldStatus.values());
        addClassName("artemis-filters");
        add(project, status, stage, model, card);
        show(query);
        status.addValueChangeListener(change -> open(it -> it.ofStatus(change.getValue())));
        for (TextField field : List.of(stage, model, card)) {
            field.addValueChangeListener(
                    change -> open(it -> it.with(new HeldQuery.Only(typed(stage), typed(model), typed(card)))));
        }
    }

    /** What is asked for now. A field that says so already is left alone: somebody may be typing into it. */
    void show(ReservationsQuery asked) {
        query = asked;
        showing = true;
        project.setValue(ProjectChoice.find(all, asked.project()).orElse(null));
        status.setValue(asked.status());
        say(stage, asked.only().stage());
        say(model, asked.only().model());
        say(card, asked.only().card());
        showing = false;
    }

    private void open(UnaryOperator<ReservationsQuery> change) {
        if (!showing) {
            open.accept(change.apply(query));
        }
    }

    private static TextField text(Dimension dimension) {
        var field = new TextField(translate("costs.dimension." + dimension));
        field.setClearButtonVisible(true);
        return field;
    }

    private static void say(TextField field, @Nullable String value) {
        String text = value == null ? "" : value;
        if (!field.getValue().strip().equals(text)) {
            field.setValue(text);
        }
    }

    private static @Nullable String typed(TextField field) {
        return field.getValue().isBlank() ? null : field.getValue().strip();
    }
}
