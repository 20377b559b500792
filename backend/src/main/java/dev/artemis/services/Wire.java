package dev.artemis.services;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection that is spoken to byte by byte, and never waited for long. */
final class Wire implements AutoCloseable {

    /** For the connection, and for each answer. */
    static final int PATIENCE = (int) Duration.ofSeconds(3).toMillis();

    private static final int LONGEST_LINE = 4096;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Whether what is said can be read on the way. */
    enum Cover {
        PLAIN,
        TLS
    }

    static Wire to(String host, int port, Cover cover) throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(host, port), PATIENCE);
            plain.setSoTimeout(PATIENCE);
            return new Wire(
                    switch (cover) {
                        case PLAIN -> plain;
                        case TLS -> covered(plain, host, port);
                    });
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket covered(Socket plain, String host, int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.UTF_8));
    }

    void say(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** The next line, without its end. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() >= LONGEST_LINE) {
                throw new EOFException("no whole line came");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    byte[] bytes(int many) throws IOException {
        byte[] bytes = in.readNBytes(many);
        if (bytes.length < many) {
            throw new EOFException("it hung up");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
