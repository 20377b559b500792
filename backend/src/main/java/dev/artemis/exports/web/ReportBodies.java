package dev.artemis.exports.web;

import dev.artemis.exports.Export;
import dev.artemis.exports.ExportOwner;
import dev.artemis.exports.ExportProgress;
import dev.artemis.exports.Exports;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * A report as an answer that is streamed; it waits for its turn before the first byte, and its headers come before that: one
 * says by which id to ask how far it is. It joins the queue only when the body is asked for: an answer whose client has gone
 * before holds no place.
 */
@Component
class ReportBodies {

    /** The id of the export in the lists of {@code …/reports/exports}. */
    static final String EXPORT = "Artemis-Export";

    private final Exports exports;

    ReportBodies(Exports exports) {
        this.exports = exports;
    }

    /** @throws dev.artemis.shared.Problem 503 {@code exports-busy} */
    ResponseEntity<StreamingResponseBody> of(Export export, ExportOwner owner) {
        exports.refuseWhenFull();
        var progress = new ExportProgress();
        String name = (export.isNarrowed() ? "costs-narrowed." : "costs.")
                + export.format().extension();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(export.format().mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .header(EXPORT, progress.id().toString())
                .body(target -> exports.write(export, progress, owner, target));
    }
}
