package dev.artemis.runs;

import dev.artemis.sandbox.Observation;
import java.util.Arrays;
import java.util.Optional;

/**
 * How much of a stream is stored in the current attempt.
 *
 * @param end position after the last byte that is stored
 * @param kept bytes stored
 * @param total bytes printed, as far as is known
 */
record StreamMark(long end, long kept, long total) {

    static final StreamMark NONE = new StreamMark(0, 0, 0);

    /**
     * The part of a piece of output that is not stored yet and fits below the cap. A sandbox that is observed anew
     * repeats itself.
     */
    Optional<Observation.Output> fresh(Observation.Output piece, long cap) {
        long skip = Math.max(0, end - piece.offset());
        long take = Math.min(piece.bytes().length - skip, cap - kept);
        return take <= 0
                ? Optional.empty()
                : Optional.of(new Observation.Output(
                        piece.channel(), piece.offset() + skip, Arrays.copyOfRange(piece.bytes(), (int) skip, (int)
                                (skip + take))));
    }

    StreamMark after(Observation.Output stored) {
        long newEnd = stored.offset() + stored.bytes().length;
        return new StreamMark(newEnd, kept + stored.bytes().length, Math.max(total, newEnd));
    }

    StreamMark printed(long bytes) {
        return new StreamMark(end, kept, Math.max(total, bytes));
    }
}
