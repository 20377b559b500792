package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.exports.ExportFormat;
import dev.artemis.reports.Dimension;
import dev.artemis.schedules.DeliveryWay;
import dev.artemis.schedules.Rhythm;
import dev.artemis.schedules.SavedReport;
import dev.artemis.schedules.SavedReports;
import dev.artemis.shared.Role;
import dev.artemis.ui.Problems;
import dev.artemis.ui.TeamScope;
import dev.artemis.ui.Viewer;
import dev.artemis.ui.parts.Checks;
import dev.artemis.ui.parts.FormDialog;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Asks for a report's name, format, groupings, rhythm and readers. */
final class SaveReport {

    private final Viewer viewer;
    private final SavedReports reports;
    private final TeamScope scope;
    private final Runnable saved;

    SaveReport(Viewer viewer, SavedReports reports, TeamScope scope, Runnable saved) {
        this.viewer = viewer;
        this.reports = reports;
        this.scope = scope;
        this.saved = saved;
    }

    void open() {
        var name = new TextField(translate("name"));
        Select<ExportFormat> format =
                select("reports.format", ExportFormat.values(), ExportFormat.XLSX, it -> "exports.format." + it);
        Select<Rhythm> rhythm = select("reports.rhythm", Rhythm.values(), Rhythm.MONTHLY, it -> "reports.rhythm." + it);
        Select<DeliveryWay> way =
                select("reports.way", DeliveryWay.values(), DeliveryWay.LINK, it -> "reports.way." + it);
        var by = new MultiSelectComboBox<Dimension>(translate("reports.by"));
        by.setItems(Arrays.stream(Dimension.values())
                .filter(dimension -> dimension != Dimension.TENANT)
                .toList());
        by.setItemLabelGenerator(it -> translate("costs.dimension." + it));
        by.setHelperText(translate("reports.by-help"));
        format.addValueChangeListener(change -> {
            by.setEnabled(change.getValue().isGrouped());
            by.clear();
        });
        var recipients = new TextField(translate("reports.recipients"));
        recipients.setHelperText(translate("reports.recipients-help"));
        var chargeback = new Checkbox(translate("reports.chargeback"));
        new FormDialog(translate("reports.save"), translate("save"), () -> {
                    if (!Checks.filled(name)) {
                        return false;
                    }
                    return Problems.attempt(
                            Map.of("name", name, "group_by", by, "recipients", recipients, "rhythm", rhythm), () -> {
                                reports.save(
                                        viewer.acting(scope, Role.OWNER, Role.FINANCE),
                                        scope.id(),
                                        new SavedReport(
                                                UUID.randomUUID(),
                                                name.getValue().strip(),
                                                null,
                                                format.getValue(),
                                                List.copyOf(by.getValue()),
                                                chargeback.getValue(),
                                                rhythm.getValue(),
                                                way.getValue(),
                                                addresses(recipients.getValue())));
                                saved.run();
                            });
                })
                .with(name, format, by, rhythm, way, recipients, chargeback)
                .open();
    }

    private static List<String> addresses(String typed) {
        return Arrays.stream(typed.split("[,;\\s]+"))
                .filter(address -> !address.isEmpty())
                .toList();
    }

    private static <T> Select<T> select(String label, T[] choices, T chosen, Function<T, String> key) {
        var select = new Select<T>();
        select.setLabel(translate(label));
        select.setItemLabelGenerator(it -> translate(key.apply(it)));
        select.setItems(choices);
        select.setValue(chosen);
        return select;
    }
}
