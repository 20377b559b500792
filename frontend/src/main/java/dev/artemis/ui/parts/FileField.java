package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.artemis.ui.Problems;
import java.util.List;
import java.util.function.BiConsumer;

/** Takes one file at a time, in the reader's language. What is wrong with it is said below, and another can be handed in. */
public final class FileField extends Div {

    private static final long serialVersionUID = 1;

    private final FileFault fault = new FileFault();

    /**
     * @param endings of the names of files that are taken, such as ".csv"
     * @param mostBytes larger files are not taken
     * @param taken is given a file's name and bytes; a refusal is said at this field
     */
    public FileField(List<String> endings, int mostBytes, BiConsumer<String, byte[]> taken) {
        var upload = FileUpload.to(
                UploadHandler.inMemory(
                        (file, bytes) -> Problems.attempt(fault, () -> taken.accept(file.fileName(), bytes))),
                fault);
        upload.setAcceptedFileExtensions(endings.toArray(String[]::new));
        upload.setMaxFiles(1);
        upload.setMaxFileSize(mostBytes);
        upload.addFileRejectedListener(rejected ->
                Problems.fault(fault, translate("upload.refused", String.join(", ", endings), mostBytes >> 20)));
        add(upload, fault);
    }
}
