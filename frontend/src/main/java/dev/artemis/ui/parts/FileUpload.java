package dev.artemis.ui.parts;

import com.vaadin.flow.component.upload.Upload;
import com.vaadin.flow.server.streams.UploadHandler;

/** Places to hand in files, in the reader's language. */
public final class FileUpload {

    private static final String KEEP_WHAT_FAILED = "this.files = Array.from(this.files).filter(one => one.error)";

    private FileUpload() {}

    /**
     * A new one. What arrived leaves its list; what did not stays, with why and a way to try again.
     *
     * @param fault what was wrong with the file before: with the next that is handed in it is not said any more
     */
    public static Upload to(UploadHandler handler, FileFault fault) {
        var upload = new Upload(handler);
        upload.getElement().addEventListener("upload-before", begun -> fault.setInvalid(false));
        upload.setI18n(UploadWords.all());
        upload.addAllFinishedListener(finished -> upload.getElement().executeJs(KEEP_WHAT_FAILED));
        return upload;
    }
}
