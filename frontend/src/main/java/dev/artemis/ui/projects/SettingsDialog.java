package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.textfield.BigDecimalField;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.projects.Project;
import dev.artemis.projects.ProjectChange;
import dev.artemis.runs.AllowedLimit;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.FormDialog;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A project's settings to be changed: each field says what is wrong with it. */
final class SettingsDialog {

    private static final List<String> SEVERITIES = List.of("high", "medium", "low");

    private final TextField name = new TextField(translate("name"));
    private final CheckboxGroup<String> block = new CheckboxGroup<>(translate("settings.block"));
    private final TextField allow = new TextField(translate("settings.allow"));
    private final Checkbox unscanned = new Checkbox(translate("settings.unscanned"));
    private final IntegerField running = new IntegerField(translate("settings.running"));
    private final Map<String, BigDecimalField> usual = new LinkedHashMap<>();
    private final Map<String, BigDecimalField> most = new LinkedHashMap<>();

    private final Project before;

    SettingsDialog(Project project, List<AllowedLimit> allowed, Format format) {
        this.before = project;
        name.setValue(project.name());
        block.setItems(SEVERITIES);
        block.setItemLabelGenerator(it -> translate("run.severity." + it));
        block.setValue(Set.copyOf(project.scanPolicy().block()));
        block.setHelperText(translate("settings.block-help"));
        allow.setValue(String.join(", ", project.scanPolicy().allow()));
        allow.setHelperText(translate("settings.allow-help"));
        unscanned.setValue(project.allowUnscanned());
        running.setMin(0);
        running.setValue(project.maxRunningRuns());
        running.setPlaceholder(translate("settings.platform"));
        running.setHelperText(translate("settings.running-help"));
        for (AllowedLimit limit : allowed) {
            usual.put(limit.name(), field(limit, project.defaultLimits(), format.number(limit.usual())));
            most.put(limit.name(), field(limit, project.maximumLimits(), format.number(limit.most())));
        }
    }

    /** Opens it. @param save a refusal is shown at its field */
    void open(Consumer<ProjectChange> save) {
        new FormDialog(
                        translate("settings.title"),
                        translate("save"),
                        () -> Checks.filled(name) & numbers()
                                && Problems.attempt(fields(), () -> save.accept(change())))
                .with(
                        name,
                        block,
                        allow,
                        unscanned,
                        running,
                        new H3(translate("settings.usual")),
                        together(usual),
                        new H3(translate("settings.most")),
                        together(most))
                .open();
    }

    /** What they may be, and that some are whole, is said by whoever takes them. */
    private boolean numbers() {
        return Checks.whole(running) & Checks.readable(usual.values()) & Checks.readable(most.values());
    }

    /** Only what differs: what somebody else changed meanwhile stays, and so does what was allowed once and is not any more. */
    private ProjectChange change() {
        var policy = new Project.ScanPolicy(
                List.copyOf(block.getValue()),
                Arrays.stream(allow.getValue().split("[,;\\s]+"))
                        .filter(rule -> !rule.isBlank())
                        .toList());
        return new ProjectChange(
                unlessSame(name.getValue(), before.name()),
                unlessSame(unscanned.getValue(), before.allowUnscanned()),
                same(policy, before.scanPolicy()) ? null : policy,
                unlessSame(values(usual), plain(before.defaultLimits())),
                unlessSame(values(most), plain(before.maximumLimits())),
                Objects.equals(running.getValue(), before.maxRunningRuns())
                        ? null
                        : new ProjectChange.RunsAtOnce(running.getValue()));
    }

    private static <T> @Nullable T unlessSame(T now, T before) {
        return now.equals(before) ? null : now;
    }

    private static boolean same(Project.ScanPolicy now, Project.ScanPolicy before) {
        return Set.copyOf(now.block()).equals(Set.copyOf(before.block()))
                && Set.copyOf(now.allow()).equals(Set.copyOf(before.allow()));
    }

    /** Without zeros that say nothing, by which equal numbers differ. */
    private static Map<String, BigDecimal> plain(Map<String, BigDecimal> limits) {
        Map<String, BigDecimal> plain = new LinkedHashMap<>();
        limits.forEach((name, value) -> plain.put(name, value.stripTrailingZeros()));
        return plain;
    }

    private Map<String, HasValidation> fields() {
        Map<String, HasValidation> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("max_running_runs", running);
        fields.put("scan_policy.block", block);
        fields.put("scan_policy.allow", allow);
        usual.forEach((limit, field) -> fields.put("default_limits." + limit, field));
        most.forEach((limit, field) -> fields.put("maximum_limits." + limit, field));
        return fields;
    }

    private static BigDecimalField field(AllowedLimit limit, Map<String, BigDecimal> values, String otherwise) {
        var field = new BigDecimalField(translate("limit." + limit.name()));
        field.setValue(values.get(limit.name()));
        field.setPlaceholder(otherwise);
        field.setWidthFull();
        return field;
    }

    private static Div together(Map<String, BigDecimalField> fields) {
        var together = new Div();
        together.addClassName("artemis-fields");
        fields.values().forEach(together::add);
        return together;
    }

    private static Map<String, BigDecimal> values(Map<String, BigDecimalField> fields) {
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        fields.forEach((limit, field) -> {
            if (field.getValue() != null) {
                values.put(limit, field.getValue().stripTrailingZeros());
            }
        });
        return values;
    }
}
