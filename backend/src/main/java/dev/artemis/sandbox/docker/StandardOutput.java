package dev.artemis.sandbox.docker;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** What a container printed, out of the engine's frames: one byte that names the stream, three of zero, four of length, then as many bytes. */
final class StandardOutput extends InputStream {

    private static final int STDOUT = 1;
    private static final int HEADER_BYTES = 8;

    private final DataInputStream in;
    private long left;

    StandardOutput(InputStream in) {
        this.in = new DataInputStream(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int from, int length) throws IOException {
        while (left == 0) {
            int stream = in.read();
            if (stream < 0) {
                return -1;
            }
            in.readNBytes(HEADER_BYTES - Integer.BYTES - 1);
            left = Integer.toUnsignedLong(in.readInt());
            if (stream != STDOUT) {
                in.skipNBytes(left);
                left = 0;
            }
        }
        int got = in.read(to, from, (int) Math.min(length, left));
        if (got < 0) {
            throw new EOFException("a frame was cut short");
        }
        left -= got;
        return got;
    }
}
