package dev.artemis.runs;

import java.util.List;

/**
 * A run with everything that is known of it.
 *
 * @param summary all but code and output
 * @param code as submitted
 * @param limits that it had, none absent
 * @param findings of the scanner, whether they blocked or not
 */
public record RunView(
        RunSummary summary,
        String code,
        RunRequest.LimitsRequest limits,
        List<Finding> findings,
        OutputText stdout,
        OutputText stderr) {

    public RunView {
        findings = List.copyOf(findings);
    }

    /**
     * What was kept of one stream, as text for reading: invalid UTF-8 is replaced. It is hostile: escape it.
     *
     * @param truncated the program printed more than was kept: the first and the last part are here
     * @param totalBytes printed so far
     * @param droppedBytes of those, not kept
     */
    public record OutputText(String text, boolean truncated, long totalBytes, long droppedBytes) {

        static final OutputText NOTHING = new OutputText("", false, 0, 0);
    }
}
