package dev.artemis.runs;

/**
 * A run with everything that is known of it.
 *
 * @param summary all but code and output
 * @param code as submitted
 * @param limits that it had, none absent
 * @param found by the scanner
 */
public record RunView(
        RunSummary summary,
        String code,
        RunRequest.LimitsRequest limits,
        Found found,
        OutputText stdout,
        OutputText stderr) {

    /** Files and folders that it may have had at one time: they follow from its disk. */
    public long inodesAllowed() {
        return limits.inodesAllowed();
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
