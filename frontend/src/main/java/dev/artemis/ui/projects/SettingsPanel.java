package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.icon.VaadinIcon;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.runs.AllowedLimit;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.Panel;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a project's runs may: the scanner's policy, limits, how many at once. */
class SettingsPanel extends Panel {

    private static final long serialVersionUID = 1;

    private final transient Project project;
    private final transient Format format;

    SettingsPanel(TeamScope scope, Project project) {
        super(translate("settings.title"));
        this.project = project;
        this.format = scope.format();
        Project.ScanPolicy policy = project.scanPolicy();
        add(new Facts()
                .fact(
                        translate("settings.block"),
                        policy.block().isEmpty()
                                ? translate("none")
                                : policy.block().stream()
                                        .map(it -> translate("run.severity." + it))
                                        .collect(Collectors.joining(", ")))
                .fact(
                        translate("settings.allow"),
                        policy.allow().isEmpty() ? translate("none") : String.join(", ", policy.allow()))
                .fact(
                        translate("settings.unscanned"),
                        translate(project.allowUnscanned() ? "settings.yes" : "settings.no"))
                .fact(
                        translate("settings.running"),
                        project.maxRunningRuns() == null
                                ? translate("settings.platform")
                                : format.count(project.maxRunningRuns()))
                .fact(translate("settings.usual"), limits(project.defaultLimits()))
                .fact(translate("settings.most"), limits(project.maximumLimits())));
    }

    /** Lets the viewer change them. */
    void editable(List<AllowedLimit> allowed, Consumer<ProjectChange> save) {
        var edit = new Button(
                translate("settings.edit"),
                VaadinIcon.EDIT.create(),
                click -> new SettingsDialog(project, allowed, format).open(save));
        aside(edit);
    }

    private String limits(Map<String, BigDecimal> limits) {
        return limits.isEmpty()
                ? translate("settings.platform")
                : new TreeMap<>(limits)
                        .entrySet().stream()
                                .map(entry ->
                                        translate("limit." + entry.getKey()) + ": " + format.number(entry.getValue()))
                                .collect(Collectors.joining(", "));
    }
}
