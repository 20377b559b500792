package dev.artemis.exports;

import dev.artemis.reports.Dimension;
import dev.artemis.reports.Span;
import dev.artemis.shared.Problem;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file that is wanted; a statement ({@link ExportFormat#PDF}) is of one team and one whole month. What is narrowed to a stage, model …
 * is neither a statement nor FOCUS: those say all that was spent.
 *
 * @param by what its lines are grouped by, beside their team; empty: by all that there is, as the API says
 * @param version of a CSV without what is charged; everything else is written as it is now
 */
public record Export(
        ExportFormat format,
        List<ReportPart> parts,
        ChargebackColumns chargeback,
        List<Dimension> by,
        CsvVersion version) {

    /**
     * Checks that such a file can be made.
     *
     * @throws Problem 422
     */
    public Export {
        parts = List.copyOf(parts);
        by = withoutTheirTeam(by);
        if (!by.isEmpty() && !format.isGrouped()) {
            throw Problem.notAllowed("group_by", "left out: the lines of " + format + " are what that format says");
        }
        if (isNarrowed(parts) && !format.isGrouped()) {
            throw Problem.notAllowed(
                    "format", "csv, xlsx or json: " + format + " says all that was spent, of no part alone");
        }
        if (!isPossible(format, parts)) {
            throw Problem.notAllowed(
                    "format",
                    switch (format) {
                        case PDF -> "pdf is the statement of one team and one whole month";
                        default ->
                            format
                                    + " has charges of whole days: from and to are dates, or midnight in the team's zone";
                    });
        }
    }

    public Export(ExportFormat format, List<ReportPart> parts, ChargebackColumns chargeback, List<Dimension> by) {
        this(format, parts, chargeback, by, CsvVersion.NOW);
    }

    public Export(ExportFormat format, List<ReportPart> parts, ChargebackColumns chargeback) {
        this(format, parts, chargeback, List.of());
    }

    public Export(ExportFormat format, List<ReportPart> parts) {
        this(format, parts, ChargebackColumns.LEFT_OUT);
    }

    /** All lines of a part as CSV, byte by byte as they were written in some version. */
    public static Export asOf(CsvVersion version, ReportPart part) {
        return new Export(ExportFormat.CSV, List.of(part), ChargebackColumns.LEFT_OUT, List.of(), version);
    }

    /** Every line has its team's column anyway. */
    private static List<Dimension> withoutTheirTeam(List<Dimension> by) {
        List<Dimension> others = by.stream()
                .distinct()
                .filter(dimension -> dimension != Dimension.TENANT)
                .toList();
        return others.isEmpty() && !by.isEmpty() ? List.of(Dimension.TENANT) : others;
    }

    /** Whether parts can be written in a format. */
    public static boolean isPossible(ExportFormat format, List<ReportPart> parts) {
        return switch (format) {
            case PDF -> parts.size() == 1 && parts.getFirst().month().isPresent() && !isNarrowed(parts);
            case FOCUS -> parts.stream().allMatch(part -> part.span() instanceof Span.Days) && !isNarrowed(parts);
            case CSV, XLSX, JSON -> true;
        };
    }

    /** Whether it is of some stage, model … alone. */
    public boolean isNarrowed() {
        return isNarrowed(parts);
    }

    /** What it is narrowed to, in the order of the dimensions; empty: all that was spent. */
    SortedMap<Dimension, String> only() {
        SortedMap<Dimension, String> only = new TreeMap<>();
        parts.forEach(part -> only.putAll(part.only()));
        return only;
    }

    private static boolean isNarrowed(List<ReportPart> parts) {
        return parts.stream().anyMatch(part -> !part.only().isEmpty());
    }
}
