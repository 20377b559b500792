package dev.artemis.ui.costs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.select.Select;
import dev.artemis.projects.Project;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One project of a team, or all. */
class ProjectChoice extends Select<Project> {

    private static final long serialVersionUID = 1;

    /**
     * Chosen by its slug.
     *
     * @param slug null for all
     * @param chosen called with the slug of another, null for all
     */
    ProjectChoice(List<Project> all, @Nullable String slug, Consumer<@Nullable String> chosen) {
        setLabel(translate("project"));
        setEmptySelectionAllowed(true);
        setEmptySelectionCaption(translate("dashboard.all-projects"));
        setItemLabelGenerator(it -> it == null ? translate("dashboard.all-projects") : it.name());
        setItems(all);
        setValue(find(all, slug).orElse(null));
        addValueChangeListener(change -> chosen.accept(
                change.getValue() == null ? null : change.getValue().slug().value()));
    }

    static Optional<Project> find(List<Project> all, @Nullable String slug) {
        return all.stream().filter(it -> it.slug().value().equals(slug)).findFirst();
    }
}
