package dev.artemis.sandbox;

/**
 * How much of a channel was kept.
 *
 * @param totalBytes printed by the program
 * @param keptBytes delivered as Output
 * @param headBytes of the kept, those from the beginning; the others are the end
 */
public record Captured(long totalBytes, long keptBytes, long headBytes) {

    public Captured {
        if (headBytes < 0 || keptBytes < headBytes || totalBytes < keptBytes) {
            throw new IllegalArgumentException(
                    "must not be: total %d, kept %d, head %d".formatted(totalBytes, keptBytes, headBytes));
        }
    }

    public boolean truncated() {
        return keptBytes < totalBytes;
    }

    public long droppedBytes() {
        return totalBytes - keptBytes;
    }
}
