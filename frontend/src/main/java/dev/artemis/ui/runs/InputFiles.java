package dev.artemis.ui.runs;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Input;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.server.streams.UploadHandler;
import dev.artemis.runs.RunRequest;
import dev.artemis.sandbox.SandboxFile;
import dev.artemis.sandbox.SandboxSpec;
import dev.artemis.ui.Problems;
import dev.artemis.ui.format.Format;
import dev.artemis.ui.parts.FileFault;
import dev.artemis.ui.parts.FileUpload;
import dev.artemis.ui.parts.Keep;
import dev.artemis.ui.parts.Note;
import dev.artemis.ui.parts.Tone;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files that a run finds beside its code, each at a path that can be written otherwise, also within folders; a later one takes the place
 * of an earlier one of the same path.
 */
class InputFiles extends Div {

    private static final long serialVersionUID = 1;

    private final transient Format format;
    private final transient List<SandboxFile> files = new ArrayList<>();
    private final FileFault fault = new FileFault();
    private final UnorderedList list = new UnorderedList();

    /** In the order of the files. */
    private final transient List<TextField> paths = new ArrayList<>();

    /** As the paths. */
    private final transient List<Button> removals = new ArrayList<>();

    /** Their sizes and names, which outlive the session; what is in them does not. */
    private final Input names = Keep.field(new Input(), "files");

    private final Div lost = new Div();
    private transient List<String> missing = List.of();

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
        var upload = FileUpload.to(UploadHandler.inMemory((about, bytes) -> take(about.fileName(), bytes)), fault);
        upload.setUploadButton(choose);
        upload.setDropLabel(new Span(translate("submit.files-drop")));
        upload.setMaxFileSize(SandboxSpec.MAX_INPUT_BYTES);
        upload.addFileRejectedListener(rejected -> Problems.fault(fault, translate("submit.files-large")));
        names.setType("hidden");
        names.addValueChangeListener(change -> {
            if (change.isFromClient()) {
                List<String> before = change.getValue().lines().toList();
                files.removeIf(file -> !before.contains(kept(file)));
                missing = before.stream()
                        .filter(line ->
                                files.stream().noneMatch(file -> kept(file).equals(line)))
                        .toList();
                show();
            }
        });
        add(label, upload, fault, lost, list, names);
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

    /** Whether all paths can be; the others say so. */
    boolean check() {
        return paths.stream().noneMatch(TextField::isInvalid);
    }

    /** What says what is wrong, by the API's names. */
    Map<String, HasValidation> fields() {
        Map<String, HasValidation> fields = new LinkedHashMap<>();
        fields.put("files", fault);
        for (int n = 0; n < paths.size(); n++) {
            for (String part : List.of("", ".path", ".content_base64")) {
                fields.put("files[" + n + "]" + part, paths.get(n));
            }
        }
        return fields;
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

    /** A line of what is kept: whoever replaced a file or removed it gets no other in its place. */
    private static String kept(SandboxFile file) {
        return file.content().length + " " + file.path();
    }

    private static String name(String kept) {
        return kept.substring(kept.indexOf(' ') + 1);
    }

    private void show() {
        lost.removeAll();
        missing = missing.stream()
                .filter(line -> files.stream().noneMatch(file -> file.path().equals(name(line))))
                .toList();
        if (!missing.isEmpty()) {
            lost.add(new Note(
                    Tone.WARN,
                    translate(
                            "submit.files-again",
                            missing.stream().map(InputFiles::name).collect(Collectors.joining(", ")))));
        }
        keepNames();
        list.removeAll();
        paths.clear();
        removals.clear();
        list.setVisible(!files.isEmpty());
        for (SandboxFile file : files) {
            var path = new TextField();
            path.setValue(file.path());
            path.setWidth("min(24rem, 60vw)");
            path.setAriaLabel(translate("submit.files-path-of", file.path()));
            path.addClassName("artemis-mono");
            paths.add(path);
            var size = new Span(format.bytes(file.content().length));
            size.addClassName("artemis-quiet");
            var remove = new Button(translate("submit.files-remove"), click -> {
                files.remove(paths.indexOf(path));
                show();
            });
            remove.addThemeVariants(ButtonVariant.TERTIARY, ButtonVariant.SMALL);
            remove.setAriaLabel(translate("submit.files-remove-of", file.path()));
            removals.add(remove);
            path.addValueChangeListener(change -> move(path));
            list.add(new ListItem(new Div(path, new Span(" "), size), remove));
        }
    }

    /**
     * Gives files the paths that were written: that of the given field, and with it those that waited for another to go, so that two can
     * change places. A path that cannot be, or is another's, is said at its field, and its file stays where it was.
     */
    private void move(TextField written) {
        List<TextField> open = paths.stream()
                .filter(path -> path == written || path.isInvalid())
                .toList();
        open.forEach(path -> path.setInvalid(false));
        boolean settled = false;
        while (!settled) {
            settled = true;
            for (TextField path : open) {
                if (!path.isInvalid() && wrong(path) instanceof String why) {
                    Problems.fault(path, translate(why));
                    settled = false;
                }
            }
        }
        for (TextField path : open) {
            if (!path.isInvalid()) {
                int at = paths.indexOf(path);
                files.set(at, new SandboxFile(path.getValue(), files.get(at).content()));
                path.setAriaLabel(translate("submit.files-path-of", path.getValue()));
                removals.get(at).setAriaLabel(translate("submit.files-remove-of", path.getValue()));
            }
        }
        keepNames();
    }

    /** Why a file cannot get the path that its field shows; null where it can. */
    private @Nullable String wrong(TextField path) {
        for (int other = 0; other < files.size(); other++) {
            TextField its = paths.get(other);
            String name = its.isInvalid() ? files.get(other).path() : its.getValue();
            if (its != path && name.equals(path.getValue())) {
                return "submit.files-path-taken";
            }
        }
        try {
            var _ = new SandboxFile(path.getValue(), new byte[0]);
            return null;
        } catch (IllegalArgumentException e) {
            return "submit.files-path-wrong";
        }
    }

    private void keepNames() {
        names.setValue(Stream.concat(files.stream().map(InputFiles::kept), missing.stream())
                .collect(Collectors.joining("\n")));
        names.getElement().executeJs("this.dispatchEvent(new Event('input'))");
    }
}
