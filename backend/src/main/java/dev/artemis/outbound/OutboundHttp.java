package dev.artemis.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Reads with HTTP/1.1 GET, and nothing else. Java's own client resolves names itself, twice if it likes; here the address
 * that was looked at is the one that is connected to, so that a name cannot change its mind in between.
 */
public final class OutboundHttp {

    private static final int MOST = 64 * 1024;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: [^\\r\\n]*)?\\r?\\n");

    private final Duration patience;
    private final Reach reach;
    private final Resolver resolver;

    /** Where requests may go. */
    public enum Reach {
        /** To addresses of the public Internet, by HTTPS. */
        PUBLIC,
        /** To any address, also by plain HTTP: an operator said so. */
        ANYWHERE
    }

    /** Turns a name into addresses. */
    interface Resolver {
        InetAddress[] addresses(String name) throws UnknownHostException;
    }

    /**
     * A way out.
     *
     * @param patience for one request, from the first byte to the last
     */
    public OutboundHttp(Duration patience, Reach reach) {
        this(patience, reach, InetAddress::getAllByName);
    }

    OutboundHttp(Duration patience, Reach reach, Resolver resolver) {
        this.patience = patience;
        this.reach = reach;
        this.resolver = resolver;
    }

    /** Whether requests may begin at that address at all; empty if so, else why not. */
    public static java.util.Optional<String> fault(URI address, Reach reach) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && reach == Reach.ANYWHERE)) {
            return java.util.Optional.of("an address that begins with https://");
        }
        if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
            return java.util.Optional.of("a host, without a user's name");
        }
        return java.util.Optional.empty();
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param headers with their values; a value may be secret
     */
    public Answer get(URI address, Map<String, String> headers) {
        if (fault(address, reach).isPresent() || headers.values().stream().anyMatch(OutboundHttp::breaksOut)) {
            return new Answer.Unreachable("it is no address that may be asked");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            InetAddress[] all = resolver.addresses(address.getHost());
            if (reach == Reach.PUBLIC) {
                for (InetAddress one : all) {
                    if (!PublicAddress.is(one)) {
                        return new Answer.Unreachable(
                                "its address is private, and private addresses are not allowed here");
                    }
                }
            }
            return exchange(address, all[0], headers, deadline);
        } catch (UnknownHostException e) {
            return new Answer.Unreachable("its name is not known");
        } catch (SocketTimeoutException e) {
            return new Answer.Unreachable("it did not answer in " + patience.toSeconds() + " s");
        } catch (ConnectException e) {
            return new Answer.Unreachable("it refused the connection");
        } catch (SSLException e) {
            return new Answer.Unreachable("its certificate or its TLS is not good");
        } catch (IOException e) {
            return new Answer.Unreachable("the connection broke");
        }
    }

    private static Answer exchange(URI address, InetAddress at, Map<String, String> headers, long deadline)
            throws IOException {
        boolean tls = address.getScheme().equalsIgnoreCase("https");
        int port = address.getPort() >= 0 ? address.getPort() : tls ? HTTPS : HTTP;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(at, port), left(deadline));
            plain.setSoTimeout(left(deadline));
            try (Socket socket = tls ? secured(plain, address.getHost(), port) : plain) {
                socket.getOutputStream().write(request(address, headers).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().flush();
                return answer(socket, deadline);
            }
        }
    }

    private static SSLSocket secured(Socket plain, String host, int port) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String request(URI address, Map<String, String> headers) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        StringBuilder request = new StringBuilder("GET ").append(path);
        if (address.getRawQuery() != null) {
            request.append('?').append(address.getRawQuery());
        }
        request.append(" HTTP/1.1\r\nHost: ").append(address.getHost());
        if (address.getPort() >= 0) {
            request.append(':').append(address.getPort());
        }
        request.append("\r\nAccept: application/json\r\nUser-Agent: Artemis\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").toString();
    }

    private static Answer answer(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[MOST];
        int length = 0;
        while (length < bytes.length) {
            socket.setSoTimeout(left(deadline));
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        Matcher status = STATUS.matcher(text);
        if (!status.lookingAt()) {
            return new Answer.Unreachable("what answers does not speak HTTP");
        }
        int body = text.indexOf("\r\n\r\n");
        return new Answer.Answered(
                Integer.parseInt(status.group(1)), body < 0 ? "" : text.substring(body + "\r\n\r\n".length()));
    }

    private static int left(long deadline) throws SocketTimeoutException {
        long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) millis;
    }

    private static boolean breaksOut(String value) {
        return value.chars().anyMatch(c -> c < ' ' || c > '~');
    }
}
