package dev.artemis.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom a visitor's address stands for. Of version 6, the network: whoever has one address there has them all. */
public final class VisitorNetwork {

    private static final int V6_NETWORK_BYTES = 8;

    private VisitorNetwork() {}

    /** The same text for all addresses of one visitor; what is no address stands for itself. */
    public static String of(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), V6_NETWORK_BYTES)) + "::/64"
                    : InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
