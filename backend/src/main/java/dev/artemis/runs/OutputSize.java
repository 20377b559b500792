package dev.artemis.runs;

/** How much a run printed in its current attempt. */
public record OutputSize(Stream stdout, Stream stderr) {

    /**
     * One stream.
     *
     * @param kept bytes that are here; where they are fewer, the first and the last were kept
     * @param total bytes printed
     */
    public record Stream(long kept, long total) {

        /** Whether something is missing in the middle. */
        public boolean truncated() {
            return kept < total;
        }
    }
}
