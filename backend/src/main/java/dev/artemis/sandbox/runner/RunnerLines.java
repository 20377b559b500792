package dev.artemis.sandbox.runner;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cuts a byte stream into lines of bounded length, so that no sender can fill memory. Bytes are taken as Latin-1. */
public final class RunnerLines {

    /** No runner's line is that long; of a longer one only so much is given, which no parser takes for a line. */
    private static final int MAX_LENGTH = 8_192;

    private final InputStream in;
    private final byte[] read = new byte[65_536];
    private final byte[] line = new byte[MAX_LENGTH];
    private int from;
    private int to;
    private String rest = "";

    public RunnerLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; empty at the end of the stream. A last line without LF is not given: it was cut. */
    public Optional<String> next() throws IOException {
        int length = 0;
        while (true) {
            if (from == to) {
                from = 0;
                to = in.read(read);
                if (to < 0) {
                    to = 0;
                    rest = new String(line, 0, length, StandardCharsets.ISO_8859_1);
                    return Optional.empty();
                }
            }
            int end = from;
            while (end < to && read[end] != '\n') {
                end++;
            }
            int part = Math.min(end - from, MAX_LENGTH - length);
            System.arraycopy(read, from, line, length, part);
            length += part;
            from = end;
            if (end < to) {
                from++;
                return Optional.of(new String(line, 0, length, StandardCharsets.ISO_8859_1));
            }
        }
    }

    /** What came after the last LF, once the stream has ended: no line of a runner's, but whoever carries it may have said something of its own. */
    public String rest() {
        return rest;
    }
}
