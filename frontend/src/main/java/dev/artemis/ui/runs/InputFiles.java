package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.artemis.runs.RunRequest;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.FileFault;
import dev.artemis.ui.parts.UploadWords;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Files that a run finds beside its code; a later one takes the place of an earlier one of the same name. */
class InputFiles extends Div {

    private static final long serialVersionUID = 1;

    private final transient Format format;
    private final transient List<SandboxFile> files = new ArrayList<>();
    private final FileFault fault = new FileFault();
    private final UnorderedList list = new UnorderedList();

    InputFiles(Format format) {
        this.format = format;
        addClassName("artemis-stack");
        var label = new Span(translate("submit.files"));
        label.addClassName("artemis-strong");
        label.setId("files-label");
        getElement().setAttribute("role", "group");
        getElement().setAttribute("aria-labelledby", "files-label");
        list.addClassName("artemis-list");
        var choose = new Button(translate("submit.files-choose"));
        var upload = new Upload(UploadHandler.inMemory((about, bytes) -> take(about.fileName(), bytes)));
        upload.setI18n(UploadWords.all());
        upload.setUploadButton(choose);
        upload.setDropLabel(new Span(translate("submit.files-drop")));
        upload.setMaxFileSize(SandboxSpec.MAX_INPUT_BYTES);
        upload.addFileRejectedListener(rejected -> Problems.fault(fault, translate("submit.files-large")));
        upload.addAllFinishedListener(finished -> upload.clearFileList());
        add(label, upload, fault, list);
        show();
    }

    /** Shows the files of an earlier run. */
    void take(List<SandboxFile> earlier) {
        files.clear();
        files.addAll(earlier);
        show();
    }

    List<RunRequest.FileRequest> request() {
        return files.stream()
                .map(file -> new RunRequest.FileRequest(
                        file.path(), Base64.getEncoder().encodeToString(file.content())))
                .toList();
    }

    private void take(String name, byte[] bytes) {
        fault.setInvalid(false);
        try {
            var file = new SandboxFile(name, bytes);
            files.removeIf(there -> there.path().equals(name));
            files.add(file);
            show();
        } catch (IllegalArgumentException e) {
            Problems.fault(fault, translate("submit.files-name", name));
        }
    }

    private void show() {
        list.removeAll();
        list.setVisible(!files.isEmpty());
        for (SandboxFile file : files) {
            var name = new Span(file.path());
            name.addClassName("artemis-mono");
            var size = new Span(format.bytes(file.content().length));
            size.addClassName("artemis-quiet");
            var remove = new Button(translate("submit.files-remove"), click -> {
                files.remove(file);
                show();
            });
            remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            remove.setAriaLabel(translate("submit.files-remove-of", file.path()));
            list.add(new ListItem(new Div(name, new Span(" "), size), remove));
        }
    }
}
