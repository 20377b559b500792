package dev.artemis.sandbox.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request to the engine and its answer, over a connection of its own: as much of HTTP/1.1 (RFC 9112) as the engine speaks. The JDK's
 * client does not know Unix sockets. An interrupt closes it.
 */
final class Exchange implements AutoCloseable {

    private static final int MAX_HEAD_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final InputStream in;
    private final OutputStream out;
    private final Map<String, String> headers = new HashMap<>();
    private int status;

    private Exchange(SocketChannel channel) {
        this.channel = channel;
        this.in = Channels.newInputStream(channel);
        this.out = Channels.newOutputStream(channel);
    }

    static Exchange connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new Exchange(channel);
    }

    /** Sends a request and reads the head of the answer. @param headers further lines, each with its CRLF */
    void send(String method, String target, String headers, byte[] body) throws IOException {
        String head = method + " " + target + " HTTP/1.1\r\nHost: engine\r\nContent-Length: " + body.length + "\r\n"
                + headers + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        readHead();
    }

    int status() {
        return status;
    }

    /** The answer's body, to its end. */
    InputStream body() {
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return new Chunked(in);
        }
        String length = headers.get("content-length");
        return length == null ? in : new Counted(in, Long.parseLong(length));
    }

    /** Where the connection was taken over: what we write from here on goes to the container. */
    OutputStream upgraded() {
        return out;
    }

    /** Nothing more comes from us; waits until the engine has taken it all and hangs up. */
    void finishWriting() throws IOException {
        channel.shutdownOutput();
        in.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that cannot be closed", e);
        }
    }

    private void readHead() throws IOException {
        String[] lines = headText().split("\r\n");
        String[] first = lines[0].split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.")) {
            throw new IOException("not an answer of HTTP: " + lines[0]);
        }
        status = Integer.parseInt(first[1]);
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[header.length - 1].strip());
        }
    }

    private String headText() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the engine hung up");
            }
            head.write(next);
            boolean expected = next == "\r\n\r\n".charAt(matched);
            matched = expected ? matched + 1 : next == '\r' ? 1 : 0;
            if (head.size() > MAX_HEAD_BYTES) {
                throw new IOException("an answer with too long a head");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** A body of known length. */
    private static final class Counted extends InputStream {

        private final InputStream in;
        private long left;

        Counted(InputStream in, long length) {
            this.in = in;
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int got = in.read(to, from, (int) Math.min(length, left));
            if (got < 0) {
                throw new EOFException("an answer was cut short");
            }
            left -= got;
            return got;
        }
    }

    /** A body in chunks, each with its length before it. */
    private static final class Chunked extends InputStream {

        private final InputStream in;
        private long left;
        private boolean first = true;
        private boolean ended;

        Chunked(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int from, int length) throws IOException {
            if (left == 0 && !ended) {
                nextChunk();
            }
            if (ended) {
                return -1;
            }
            int got = in.read(to, from, (int) Math.min(length, left));
            if (got < 0) {
                throw new EOFException("an answer was cut short");
            }
            left -= got;
            return got;
        }

        private void nextChunk() throws IOException {
            if (!first) {
                line();
            }
            first = false;
            String size = line();
            int extension = size.indexOf(';');
            left = Long.parseLong(extension < 0 ? size : size.substring(0, extension), 16);
            ended = left == 0;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            while (true) {
                int next = in.read();
                if (next < 0 || line.length() > 1_000) {
                    throw new EOFException("an answer was cut short");
                }
                if (next == '\n') {
                    return line.toString().strip();
                }
                line.append((char) next);
            }
        }
    }
}
