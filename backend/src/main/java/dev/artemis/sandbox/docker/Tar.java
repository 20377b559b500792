package dev.artemis.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a small archive in the ustar format (POSIX.1-1988): root's, with names below 100 bytes. */
final class Tar {

    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Tar file(String name, int mode, byte[] content) {
        header(name, '0', mode, content.length, "");
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[-content.length & BLOCK - 1]);
        return this;
    }

    Tar folder(String name, int mode) {
        header(name, '5', mode, 0, "");
        return this;
    }

    Tar link(String name, String to) {
        header(name, '2', 0777, 0, to);
        return this;
    }

    byte[] end() {
        bytes.writeBytes(new byte[2 * BLOCK]);
        return bytes.toByteArray();
    }

    private void header(String name, char kind, int mode, int size, String to) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "%07o".formatted(0));
        put(header, 116, "%07o".formatted(0));
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(0));
        Arrays.fill(header, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        header[156] = (byte) kind;
        put(header, 157, to);
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, CHECKSUM_AT, "%06o\0".formatted(sum));
        bytes.writeBytes(header);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(ascii, 0, header, at, ascii.length);
    }
}
