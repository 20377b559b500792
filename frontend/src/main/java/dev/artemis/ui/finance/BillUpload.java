package dev.artemis.ui.finance;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.artemis.reconciliation.BillFile;
import dev.artemis.reconciliation.ColumnMapping;
import java.io.ByteArrayInputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes a provider's file, and the names of its columns where its layout is not known. */
final class BillUpload extends Div {

    private static final long serialVersionUID = 1;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final TextField day = new TextField(translate("finance.day-column"));
    private final TextField model = new TextField(translate("finance.model-column"));
    private final TextField cost = new TextField(translate("finance.cost-column"));

    BillUpload(Consumer<BillFile> taken) {
        var upload = new Upload(UploadHandler.inMemory((file, bytes) ->
                taken.accept(new BillFile(file.fileName(), new ByteArrayInputStream(bytes), mapping()))));
        upload.setAcceptedFileExtensions(".csv");
        upload.setMaxFiles(1);
        upload.setMaxFileSize(MOST_BYTES);
        var columns = new Div(day, model, cost);
        columns.addClassName("artemis-filters");
        add(
                new Paragraph(translate("finance.upload-about")),
                upload,
                new Details(
                        translate("finance.other-layout"), new Paragraph(translate("finance.columns-about")), columns));
    }

    private @Nullable ColumnMapping mapping() {
        return day.isEmpty() && model.isEmpty() && cost.isEmpty()
                ? null
                : new ColumnMapping(
                        day.getValue().strip(),
                        model.getValue().strip(),
                        cost.getValue().strip(),
                        null);
    }
}
