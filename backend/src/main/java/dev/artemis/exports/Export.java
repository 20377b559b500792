package dev.artemis.exports;

import java.util.List;

/** A file that is wanted. */
public record Export(ExportFormat format, List<ReportPart> parts, ChargebackColumns chargeback) {

    public Export {
        parts = List.copyOf(parts);
    }

    public Export(ExportFormat format, List<ReportPart> parts) {
        this(format, parts, ChargebackColumns.LEFT_OUT);
    }
}
