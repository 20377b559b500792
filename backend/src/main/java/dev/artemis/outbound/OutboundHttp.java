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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks with HTTP/1.1 GET and tells with POST, and nothing else. Java's own client resolves names itself, twice if it likes; here the address
 * that was looked at is the one that is connected to, so that a name cannot change its mind in between.
 */
public final class OutboundHttp {

    private static final int MOST = 64 * 1024;
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final String END_OF_HEADERS = "\r\n\r\n";
    private static final String LAST_CHUNK = "\r\n0" + END_OF_HEADERS;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: *([0-9]{1,18}) *\r\n");
    private static final Pattern CHUNKED = Pattern.compile("(?i)\r\nTransfer-Encoding: *chunked *\r\n");

    /** Cuts what takes too long, however busily it drips. */
    private static final ScheduledExecutorService CUTS = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("outbound-cuts").factory());

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
        return ask(address, new Question("GET", headers, new byte[0]));
    }

    /**
     * Tells, and waits for the answer.
     *
     * @param headers with their values; a value may be secret
     * @param body JSON
     */
    public Answer post(URI address, Map<String, String> headers, String body) {
        return ask(address, new Question("POST", headers, body.getBytes(StandardCharsets.UTF_8)));
    }

    private record Question(String method, Map<String, String> headers, byte[] body) {}

    private Answer ask(URI address, Question question) {
        if (fault(address, reach).isPresent()
                || question.headers().values().stream().anyMatch(OutboundHttp::breaksOut)) {
            return new Answer.Forbidden("it is no address that may be asked");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            InetAddress[] all = resolver.addresses(address.getHost());
            if (reach == Reach.PUBLIC) {
                for (InetAddress one : all) {
                    if (!PublicAddress.is(one)) {
                        return new Answer.Forbidden(
                                "its address is private, and private addresses are not allowed here");
                    }
                }
            }
            return exchange(address, all[0], question, deadline);
        } catch (UnknownHostException e) {
            return new Answer.Unreachable("its name is not known");
        } catch (SocketTimeoutException e) {
            return tooLate();
        } catch (ConnectException e) {
            return new Answer.Unreachable("it refused the connection");
        } catch (IOException e) {
            if (System.nanoTime() >= deadline) {
                return tooLate();
            }
            return new Answer.Unreachable(
                    e instanceof SSLException ? "its certificate or its TLS is not good" : "the connection broke");
        }
    }

    private Answer tooLate() {
        return new Answer.Unreachable("it did not answer in " + patience.toSeconds() + " s");
    }

    private static Answer exchange(URI address, InetAddress at, Question question, long deadline) throws IOException {
        boolean tls = address.getScheme().equalsIgnoreCase("https");
        int port = address.getPort() >= 0 ? address.getPort() : tls ? HTTPS : HTTP;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(at, port), left(deadline));
            plain.setSoTimeout(left(deadline));
            ScheduledFuture<?> cut = CUTS.schedule(() -> closed(plain), left(deadline), TimeUnit.MILLISECONDS);
            try (Socket socket = tls ? secured(plain, address.getHost(), port) : plain) {
                socket.getOutputStream().write(request(address, question).getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(question.body());
                socket.getOutputStream().flush();
                return answer(socket, deadline);
            } finally {
                cut.cancel(false);
            }
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed, which is what is wanted
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

    private static String request(URI address, Question question) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        StringBuilder request = new StringBuilder(question.method()).append(' ').append(path);
        if (address.getRawQuery() != null) {
            request.append('?').append(address.getRawQuery());
        }
        request.append(" HTTP/1.1\r\nHost: ").append(address.getHost());
        if (address.getPort() >= 0) {
            request.append(':').append(address.getPort());
        }
        request.append("\r\nAccept: application/json\r\nUser-Agent: Artemis\r\nConnection: close\r\n");
        if (question.method().equals("POST")) {
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(question.body().length)
                    .append("\r\n");
        }
        question.headers()
                .forEach((name, value) ->
                        request.append(name).append(": ").append(value).append("\r\n"));
        return request.append("\r\n").toString();
    }

    private static Answer answer(Socket socket, long deadline) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[MOST];
        int length = 0;
        while (length < bytes.length && !isWhole(bytes, length)) {
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
        int body = text.indexOf(END_OF_HEADERS);
        return new Answer.Answered(
                Integer.parseInt(status.group(1)), body < 0 ? "" : text.substring(body + END_OF_HEADERS.length()));
    }

    /** Some keep the connection open, whatever we ask for. */
    private static boolean isWhole(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEADERS);
        Matcher status = STATUS.matcher(text);
        if (end < 0 || !status.lookingAt()) {
            return false;
        }
        int code = Integer.parseInt(status.group(1));
        if (code == NO_CONTENT || code == NOT_MODIFIED) {
            return true;
        }
        String headers = text.substring(0, end + 2);
        int body = length - end - END_OF_HEADERS.length();
        Matcher said = LENGTH.matcher(headers);
        return said.find()
                ? body >= Long.parseLong(said.group(1))
                : CHUNKED.matcher(headers).find() && text.endsWith(LAST_CHUNK);
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
