package dev.artemis.sandbox.kubernetes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets whose other end the kernel asks for a sign of life while nothing comes: one whose machine or way is gone without a word breaks within
 * {@value #IDLE_SECONDS} and {@value #TRIES} times {@value #BETWEEN_SECONDS} seconds, where reading would wait for ever.
 */
final class WatchedSockets extends SocketFactory {

    static final int IDLE_SECONDS = 15;
    static final int BETWEEN_SECONDS = 15;
    static final int TRIES = 3;

    /** Where a system lacks one, its own answers hold: two hours, mostly. */
    private static final Map<SocketOption<Integer>, Integer> OPTIONS = Map.of(
            ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS,
            ExtendedSocketOptions.TCP_KEEPINTERVAL, BETWEEN_SECONDS,
            ExtendedSocketOptions.TCP_KEEPCOUNT, TRIES);

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        for (Map.Entry<SocketOption<Integer>, Integer> option : OPTIONS.entrySet()) {
            if (socket.supportedOptions().contains(option.getKey())) {
                socket.setOption(option.getKey(), option.getValue());
            }
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    private Socket connected(InetSocketAddress there) throws IOException {
        return connected(there, new InetSocketAddress(0));
    }

    private Socket connected(InetSocketAddress there, InetSocketAddress here) throws IOException {
        Socket socket = createSocket();
        try {
            socket.bind(here);
            socket.connect(there);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
