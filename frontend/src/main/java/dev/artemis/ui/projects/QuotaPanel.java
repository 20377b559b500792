package dev.artemis.ui.projects;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.textfield.IntegerField;
import dev.artemis.runs.RunQuota;
import dev.artemis.runs.RunQuotaEdit;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.Facts;
import dev.artemis.ui.parts.FormDialog;
import dev.artemis.ui.parts.Panel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the runs of a team, or of one project, may take together of the place where they are executed. */
class QuotaPanel extends Panel {

    private static final long serialVersionUID = 1;

    private static final String WEIGHT = "weight";
    private static final String RUNNING = "max_running_runs";
    private static final String QUEUED = "max_queued_runs";
    private static final String CPU = "max_cpu_millicores";
    private static final String MEMORY = "max_memory_mb";
    private static final int MOST_WEIGHT = 10_000;

    private final boolean ofTeam;
    private final transient RunQuota quota;

    private QuotaPanel(boolean ofTeam, RunQuota quota, Format format) {
        super(translate(ofTeam ? "quota.of-team" : "quota.of-project"));
        this.ofTeam = ofTeam;
        this.quota = quota;
        var facts = new Facts();
        if (ofTeam) {
            facts.fact(translate("quota.weight"), format.count(quota.weight()));
            facts.fact(translate("settings.running"), text(quota.maxRunningRuns(), format));
        }
        facts.fact(translate("quota.queued"), text(quota.maxQueuedRuns(), format))
                .fact(translate("quota.cpu"), text(quota.maxCpuMillicores(), format))
                .fact(translate("quota.memory"), text(quota.maxMemoryMb(), format));
        var about = new Paragraph(translate(ofTeam ? "quota.of-team-about" : "quota.of-project-about"));
        about.addClassNames("artemis-quiet", "artemis-small");
        add(facts, about);
    }

    static QuotaPanel ofTeam(RunQuota quota, Format format) {
        return new QuotaPanel(true, quota, format);
    }

    static QuotaPanel ofProject(RunQuota quota, Format format) {
        return new QuotaPanel(false, quota, format);
    }

    /** Lets the viewer change it. @param save a refusal is shown at its field */
    QuotaPanel editable(Consumer<RunQuotaEdit> save) {
        aside(new Button(translate("quota.edit"), VaadinIcon.EDIT.create(), click -> edit(save)));
        return this;
    }

    private void edit(Consumer<RunQuotaEdit> save) {
        Map<String, IntegerField> fields = new LinkedHashMap<>();
        if (ofTeam) {
            IntegerField weight = field("quota.weight", quota.weight(), "quota.weight-help");
            weight.setMin(1);
            weight.setMax(MOST_WEIGHT);
            fields.put(WEIGHT, weight);
            fields.put(RUNNING, field("settings.running", quota.maxRunningRuns(), "quota.empty-help"));
        }
        fields.put(QUEUED, field("quota.queued", quota.maxQueuedRuns(), "quota.queued-help"));
        fields.put(CPU, field("quota.cpu", quota.maxCpuMillicores(), "quota.cpu-help"));
        fields.put(MEMORY, field("quota.memory", quota.maxMemoryMb(), "quota.empty-help"));
        var dialog = new FormDialog(
                translate(ofTeam ? "quota.of-team" : "quota.of-project"),
                translate("save"),
                () -> Checks.whole(fields.values()) && Problems.attempt(fields, () -> save.accept(new RunQuotaEdit(quota, typed(fields)))));
        fields.values().forEach(dialog::with);
        dialog.open();
    }

    private static RunQuota typed(Map<String, IntegerField> fields) {
        Integer weight = value(fields, WEIGHT);
        return new RunQuota(
                weight == null ? RunQuota.USUAL.weight() : weight,
                value(fields, RUNNING),
                value(fields, QUEUED),
                whole(fields, CPU),
                whole(fields, MEMORY));
    }

    private static @Nullable Integer value(Map<String, IntegerField> fields, String name) {
        IntegerField field = fields.get(name);
        return field == null ? null : field.getValue();
    }

    private static @Nullable Long whole(Map<String, IntegerField> fields, String name) {
        Integer value = value(fields, name);
        return value == null ? null : value.longValue();
    }

    private IntegerField field(String label, @Nullable Number value, String help) {
        var field = new IntegerField(translate(label));
        field.setMin(0);
        field.setValue(value == null ? null : value.intValue());
        field.setPlaceholder(otherwise());
        field.setHelperText(translate(help, otherwise()));
        field.setClearButtonVisible(true);
        field.setWidthFull();
        return field;
    }

    private String text(@Nullable Number value, Format format) {
        return value == null ? otherwise() : format.count(value.longValue());
    }

    /** What holds where nothing is said. */
    private String otherwise() {
        return translate(ofTeam ? "settings.platform" : "quota.as-team");
    }
}
