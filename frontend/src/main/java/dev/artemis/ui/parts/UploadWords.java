package dev.artemis.ui.parts;

import static com.vaadin.flow.i18n.I18NProvider.translate;

import com.vaadin.flow.component.upload.UploadI18N;
import java.util.List;

/** What a place to hand in files says, in the reader's language: also what is only said when something goes wrong. */
final class UploadWords {

    private UploadWords() {}

    /** All of them. */
    static UploadI18N all() {
        var i18n = new UploadI18N();
        i18n.setAddFiles(
                new UploadI18N.AddFiles().setOne(translate("upload.choose")).setMany(translate("submit.files-choose")));
        i18n.setDropFiles(
                new UploadI18N.DropFiles().setOne(translate("upload.drop")).setMany(translate("submit.files-drop")));
        i18n.setError(new UploadI18N.Error()
                .setTooManyFiles(translate("upload.too-many"))
                .setFileIsTooBig(translate("upload.too-big"))
                .setIncorrectFileType(translate("upload.wrong-kind")));
        i18n.setUploading(new UploadI18N.Uploading()
                .setStatus(new UploadI18N.Uploading.Status()
                        .setConnecting(translate("upload.connecting"))
                        .setStalled(translate("upload.stalled"))
                        .setProcessing(translate("upload.processing"))
                        .setHeld(translate("upload.held")))
                .setRemainingTime(new UploadI18N.Uploading.RemainingTime()
                        .setPrefix(translate("upload.remaining"))
                        .setUnknown(translate("upload.remaining-unknown")))
                .setError(new UploadI18N.Uploading.Error()
                        .setServerUnavailable(translate("upload.no-server"))
                        .setUnexpectedServerError(translate("upload.server-error"))
                        .setForbidden(translate("upload.forbidden"))
                        .setFileTooLarge(translate("upload.too-big"))));
        i18n.setFile(new UploadI18N.File()
                .setRetry(translate("upload.retry"))
                .setStart(translate("upload.start"))
                .setRemove(translate("upload.remove")));
        i18n.setUnits(List.of("B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB"));
        return i18n;
    }
}
