package dev.artemis.exports;

import dev.artemis.shared.Problem;
import java.util.List;

/** A file that is wanted; a statement ({@link ExportFormat#PDF}) is of one team and one whole month. */
public record Export(ExportFormat format, List<ReportPart> parts, ChargebackColumns chargeback) {

    /**
     * Checks that a statement can be made.
     *
     * @throws Problem 422
     */
    public Export {
        parts = List.copyOf(parts);
        if (!isPossible(format, parts)) {
            throw Problem.notAllowed("format", "pdf is the statement of one team and one whole month");
        }
    }

    public Export(ExportFormat format, List<ReportPart> parts) {
        this(format, parts, ChargebackColumns.LEFT_OUT);
    }

    /** Whether parts can be written in a format. */
    public static boolean isPossible(ExportFormat format, List<ReportPart> parts) {
        return format != ExportFormat.PDF
                || parts.size() == 1 && parts.getFirst().month().isPresent();
    }
}
