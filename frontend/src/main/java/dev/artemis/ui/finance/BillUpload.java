package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.ColumnMapping;
import dev.artemis.ui.Problems;
import dev.artemis.ui.parts.FileField;
import dev.artemis.ui.parts.Keep;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes a provider's file, and the names of its columns where its layout is not known. */
final class BillUpload extends Div {

    private static final long serialVersionUID = 1;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Details layout = new Details(translate("finance.other-layout"));
    private final Keep keep = new Keep("columns of a bill").ofAll();
    private final TextField day = new TextField(translate("finance.day-column"));
    private final TextField model = new TextField(translate("finance.model-column"));
    private final TextField cost = new TextField(translate("finance.cost-column"));
    private final Select<String> provider = new Select<>();

    /**
     * An upload.
     *
     * @param providers whose calls there are to compare with
     */
    BillUpload(List<String> providers, Consumer<BillFile> taken) {
        provider.setLabel(translate("finance.provider-of-bill"));
        provider.setItems(providers);
        provider.setEmptySelectionAllowed(true);
        provider.setVisible(!providers.isEmpty());
        var file = new FileField(List.of(".csv"), MOST_BYTES, (name, bytes) -> {
            if (columns()) {
                taken.accept(new BillFile(name, new ByteArrayInputStream(bytes), mapping()));
                keep.forget();
            }
        });
        addClassName("artemis-stack");
        keep.add(day, model, cost, provider);
        keep.addClassName("artemis-filters");
        layout.add(new Paragraph(translate("finance.columns-about")), keep);
        add(new Paragraph(translate("finance.upload-about")), file, layout);
    }

    /** Whether all columns are named, or none; if not, says so at those that are missing. */
    private boolean columns() {
        List<TextField> all = List.of(day, model, cost);
        all.forEach(column -> column.setInvalid(false));
        List<TextField> empty = all.stream().filter(TextField::isEmpty).toList();
        if (empty.isEmpty() || empty.equals(all) && provider.isEmpty()) {
            return true;
        }
        empty.forEach(column -> Problems.fault(column, translate("required")));
        layout.setOpened(true);
        return false;
    }

    private @Nullable ColumnMapping mapping() {
        return day.isEmpty() && model.isEmpty() && cost.isEmpty()
                ? null
                : new ColumnMapping(
                        day.getValue().strip(),
                        model.getValue().strip(),
                        cost.getValue().strip(),
                        provider.getValue());
    }
}
