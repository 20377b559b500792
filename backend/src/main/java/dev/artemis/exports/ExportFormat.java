package dev.artemis.exports;

import dev.artemis.shared.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Ways to write a report. */
public enum ExportFormat {
    /** RFC 4180, UTF-8, one line per group of all dimensions. */
    CSV("text/csv;charset=UTF-8;header=present", "csv"),
    /** A workbook of Office Open XML: all lines, then one sheet per grouping, each with its totals. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    /** The lines of the CSV as objects, and their total. */
    JSON("application/json", "json"),
    /** The FinOps Open Cost and Usage Specification 1.2, as CSV. */
    FOCUS("text/csv;charset=UTF-8;header=present", "focus.csv"),
    /** A statement of one team's month, for people. */
    PDF("application/pdf", "pdf");

    private final String mediaType;
    private final String extension;

    ExportFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /**
     * Reads the API's name, such as "csv".
     *
     * @throws Problem 422: there is none of that name
     */
    public static ExportFormat of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notAllowed(
                        "format",
                        "one of "
                                + Arrays.stream(values()).map(Object::toString).collect(Collectors.joining(", "))));
    }

    public String mediaType() {
        return mediaType;
    }

    /** Whether its lines can be grouped by what is asked for. */
    public boolean isGrouped() {
        return switch (this) {
            case CSV, XLSX, JSON -> true;
            case FOCUS, PDF -> false;
        };
    }

    /** What a file's name ends with, such as "csv". */
    public String extension() {
        return extension;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
