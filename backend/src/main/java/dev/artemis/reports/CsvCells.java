package dev.artemis.reports;

/** Cells of a CSV file (RFC 4180) that a spreadsheet shows and never runs. */
final class CsvCells {

    private static final String STARTS_A_FORMULA = "=+-@\t\r";

    private CsvCells() {}

    /** Appends a text; one that a spreadsheet would take for a formula gets an apostrophe before it. */
    static void text(StringBuilder row, String text) {
        String safe = !text.isEmpty() && STARTS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        if (safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')) {
            row.append(safe);
            return;
        }
        row.append('"').append(safe.replace("\"", "\"\"")).append('"');
    }
}
