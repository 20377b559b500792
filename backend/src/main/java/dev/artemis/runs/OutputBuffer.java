package dev.artemis.runs;

import dev.artemis.sandbox.Channel;
import dev.artemis.sandbox.Observation;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Output of one attempt on its way to the database: gathered for a moment, so that a chatty program does not cost a
 * transaction for each line. Used under a lock of its own.
 */
final class OutputBuffer {

    /** Enough to write. */
    private static final int FULL = 64 * 1024;

    private final List<Piece> pieces = new ArrayList<>();
    private int size;

    /** Adjoining bytes of one stream. */
    private static final class Piece {
        private final Channel channel;
        private final long offset;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Piece(Channel channel, long offset) {
            this.channel = channel;
            this.offset = offset;
        }

        boolean isContinuedBy(Observation.Output output) {
            return output.channel() == channel && output.offset() == offset + bytes.size();
        }
    }

    void add(Observation.Output output) {
        Piece last = lastOf(output.channel());
        if (last == null || !last.isContinuedBy(output)) {
            last = new Piece(output.channel(), output.offset());
            pieces.add(last);
        }
        last.bytes.writeBytes(output.bytes());
        size += output.bytes().length;
    }

    boolean isFull() {
        return size >= FULL;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** Everything, in order. */
    List<Observation.Output> takeAll() {
        List<Observation.Output> all = pieces.stream()
                .map(piece -> new Observation.Output(piece.channel, piece.offset, piece.bytes.toByteArray()))
                .toList();
        pieces.clear();
        size = 0;
        return all;
    }

    /** Everything but the beginning of a character whose end has not come yet. */
    List<Observation.Output> takeWhole() {
        List<Observation.Output> whole = new ArrayList<>();
        List<Observation.Output> rest = new ArrayList<>();
        for (Observation.Output piece : takeAll()) {
            int open = openBytes(piece.bytes());
            int complete = piece.bytes().length - open;
            if (complete > 0) {
                whole.add(part(piece, 0, complete));
            }
            if (open > 0) {
                rest.add(part(piece, complete, piece.bytes().length));
            }
        }
        rest.forEach(this::add);
        return whole;
    }

    /** How many bytes at the end begin a UTF-8 sequence without ending it: 0 to 3. */
    private static int openBytes(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int last = bytes[bytes.length - back] & 0xff;
            if (last >= 0xc0) {
                int length = last >= 0xf0 ? 4 : last >= 0xe0 ? 3 : 2;
                return length > back ? back : 0;
            }
            if (last < 0x80) {
                return 0;
            }
        }
        return 0;
    }

    private static Observation.Output part(Observation.Output piece, int from, int to) {
        return new Observation.Output(
                piece.channel(), piece.offset() + from, java.util.Arrays.copyOfRange(piece.bytes(), from, to));
    }

    private @Nullable Piece lastOf(Channel channel) {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            if (pieces.get(i).channel == channel) {
                return pieces.get(i);
            }
        }
        return null;
    }
}
