package dev.artemis.ui.runs;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * One stream's bytes as text, piece by piece. A character may be parted by two pieces; what is no UTF-8 is replaced; where
 * bytes are missing a line says so. Not for several threads at once.
 */
final class StreamText {

    private static final String GAP = "\n\u22ef\n";
    private static final int LONGEST_CHARACTER = 4;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private long end;

    /** The text of the next piece, harmless to read. */
    String next(long offset, byte[] bytes) {
        String before = "";
        if (offset != end) {
            before = end() + GAP;
        }
        end = offset + bytes.length;
        var input = ByteBuffer.allocate(rest.remaining() + bytes.length);
        input.put(rest).put(bytes).flip();
        CharBuffer text = CharBuffer.allocate(input.remaining() + 1);
        decoder.decode(input, text, false);
        rest = input;
        return before + SafeText.of(text.flip().toString());
    }

    /** What is left when nothing follows: a character that was begun. */
    String end() {
        CharBuffer text = CharBuffer.allocate(LONGEST_CHARACTER + 1);
        decoder.decode(rest, text, true);
        decoder.flush(text);
        decoder.reset();
        rest = ByteBuffer.allocate(0);
        return SafeText.of(text.flip().toString());
    }
}
